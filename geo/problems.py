"""What is wrong in a places table: one record each, made into a sentence only for people."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]

PRINTED_PROBLEMS = 30
SHOWN_CHARACTERS = 80
KEPT_CHARACTERS = 200
MOST_PROBLEMS = 20_000


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong at one place of a file.

    `line` is the physical line, counted from 1; `line`, `column` and `value` are None
    where the whole file or the whole row is meant. `repair` says what to write instead.
    """

    severity: Severity
    line: int | None
    column: str | None
    value: str | None
    message: str
    repair: str
    file: str = "places.csv"

    def __str__(self) -> str:
        """`places.csv:12: arrived: "30/2/1917" names a day …; write 1917-02-28` on one line."""
        where = [self.file if self.line is None else f"{self.file}:{self.line}"]
        if self.severity == "warning":
            where.append("warning")
        if self.column is not None:
            where.append(shown(self.column))
        said = self.message if self.value is None else f'"{shown(self.value)}" {self.message}'
        return _visible(": ".join([*where, said]) + (f"; {self.repair}" if self.repair else ""))


class Findings:
    """What is found wrong in one file while it is read; `line` is where the reading stands."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.line: int | None = None
        self.problems: list[Problem] = []
        self.errors = 0

    @property
    def full(self) -> bool:
        """Whether so much is wrong that reading on helps nobody."""
        return len(self.problems) >= MOST_PROBLEMS

    def error(
        self, message: str, repair: str, column: str | None = None, value: str | None = None
    ) -> None:
        """Something that costs the row, or the file."""
        self.errors += 1
        self._add("error", message, repair, column, value)

    def warning(
        self, message: str, repair: str, column: str | None = None, value: str | None = None
    ) -> None:
        """Something that costs nothing but ought to be looked at."""
        self._add("warning", message, repair, column, value)

    def _add(
        self, severity: Severity, message: str, repair: str, column: str | None, value: str | None
    ) -> None:
        kept = None if value is None else value[:KEPT_CHARACTERS]
        self.problems.append(Problem(severity, self.line, column, kept, message, repair, self.file))


def shown(text: str, limit: int = SHOWN_CHARACTERS) -> str:
    """`text` cut to `limit` characters, with whatever could steer a terminal written out."""
    return _visible(text if len(text) <= limit else text[: limit - 1] + "…")


def _visible(text: str) -> str:
    if text.isprintable():
        return text
    return "".join(
        c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text
    )


def format_problems(problems: Sequence[Problem], limit: int = PRINTED_PROBLEMS) -> list[str]:
    """Lines for a terminal, errors before warnings, each kind in the order of the file.

    At most `limit` problems are printed; the last line counts the rest.
    """
    errors_first = sorted(problems, key=lambda problem: problem.severity != "error")
    lines = [str(problem) for problem in errors_first[:limit]]
    if len(errors_first) > limit:
        lines.append(f"… and {len(errors_first) - limit:,} more")
    return lines
