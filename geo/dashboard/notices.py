"""What is said above the map: that rows are missing from it, or why there is none."""

from collections.abc import Sequence

from streamlit.delta_generator import DeltaGenerator

from geo.problems import Problem, format_problems

MOST_SAID = 5
AS_BEFORE = "The map shows the journey as it was before."


def tell_of_problems(name: str, problems: Sequence[Problem], notices: DeltaGenerator) -> None:
    """Say what is wrong with the whole table, and that rows are missing from the map."""
    whole = [problem for problem in problems if _is_of_the_file(problem)]
    if whole:
        wrong = any(problem.severity == "error" for problem in whole)
        (notices.error if wrong else notices.warning)(f"About {name} as a whole:")
        _list(whole, notices)
    count = sum(
        problem.severity == "error" and not _is_of_the_file(problem) for problem in problems
    )
    if count:
        what = "1 problem" if count == 1 else f"{count} problems"
        notices.warning(
            f"{what} in the table: the rows in question are not drawn. "
            "The tab Problems below the map lists them."
        )


def _is_of_the_file(problem: Problem) -> bool:
    """Whether the file is meant, not a row or a cell of it; a warning may show where it begins."""
    return problem.line is None or (problem.column is None and problem.severity == "warning")


def tell_of_failure(reason: str, kept: bool, notices: DeltaGenerator) -> None:
    """Say why the journey cannot be drawn; `kept` tells that an earlier one is on the map."""
    notices.error("The journey cannot be drawn.")
    notices.code(reason, language=None)
    if kept:
        notices.info(AS_BEFORE)


def tell_of_refusal(name: str, problems: Sequence[Problem], notices: DeltaGenerator) -> None:
    """Say why nothing of an upload is on the map."""
    notices.error(f"Nothing in {name} can be drawn.")
    _list(problems, notices)
    notices.info(AS_BEFORE)


def _list(problems: Sequence[Problem], notices: DeltaGenerator) -> None:
    notices.code("\n".join(format_problems(problems, limit=MOST_SAID)), language=None)
