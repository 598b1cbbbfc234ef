"""Turn the table's spans into timelines: for every cell, who held it from which day.

Anything that could not have been is refused: land held by two at once or by nobody for a while, a
polity that holds land on a day when it has no name, or two.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from geo.borders.polities import EPOCH, FIRST, LAST
from tools.cells import Cell, Selector
from tools.polity_table import NO_CLAIM, Span, TableError

DAY = timedelta(days=1)
Timeline = tuple[Span, ...]  # in order of time, without gap or overlap


def day_number(day: date) -> int:
    """Return the days since 1970-01-01; negative before."""
    return (day - EPOCH).days


def cell_timelines(spans: list[Span], selector: Selector) -> dict[int, Timeline]:
    """Return the timeline of every claimed cell, by the cell's index."""
    held: dict[int, list[Span]] = defaultdict(list)
    for span in spans:
        for cell in _members(span, selector):
            held[cell].append(span)
    ordered = {i: tuple(sorted(found, key=lambda s: s.start)) for i, found in sorted(held.items())}
    troubles = {
        t for i, timeline in ordered.items() for t in _troubles(selector.cells[i], timeline)
    }
    if troubles:
        raise TableError("\n".join(["polities.csv:", *sorted(troubles)]))
    return ordered


def _members(span: Span, selector: Selector) -> Iterable[int]:
    try:
        return selector.select(span.members)
    except TableError as error:
        raise TableError(f"polities.csv:{span.line}: {error}") from error


def _troubles(cell: Cell, ordered: Timeline) -> Iterator[str]:
    """Say where the spans do not follow each other from the first day to the last."""
    due, before = FIRST, "-"
    for span in ordered:
        if span.start != due:
            trouble = "is held twice" if span.start < due else "is held by nobody"
            first, last = sorted((span.start, due))
            yield f"lines {before} and {span.line}: {cell} {trouble} from {first} to {last - DAY}"
        due, before = span.end + DAY, str(span.line)
    if due != LAST + DAY:
        yield f"line {before}: {cell} is held by nobody from {due}"


def naming_spans(spans: list[Span]) -> dict[str, Timeline]:
    """Return the spans that name each polity, in order of time; raises TableError on an overlap.

    Two rows in a row that say the same (name, status, under) count as one.
    """
    named: dict[str, list[Span]] = defaultdict(list)
    for span in spans:
        if span.name:
            named[span.polity].append(span)
    return {key: _merged(key, found) for key, found in sorted(named.items())}


def _merged(key: str, spans: list[Span]) -> Timeline:
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, span.line)):
        before = kept[-1] if kept else None
        if before and span.start <= before.end:
            raise TableError(f"polities.csv:{before.line} and {span.line}: {key} is named twice")
        kept.append(span)
    return tuple(kept)


def check_named(timelines: Iterable[Timeline], named: dict[str, Timeline]) -> None:
    """Raise TableError where a polity holds land on a day when it bears no name."""
    spans = {span for timeline in timelines for span in timeline if span.polity != NO_CLAIM}
    nameless = [f"line {span.line}: {day}" for span in spans if (day := _nameless(span, named))]
    if nameless:
        raise TableError("\n".join(["polities.csv: no row gives a name:", *sorted(nameless)]))


def _nameless(span: Span, named: dict[str, Timeline]) -> date | None:
    """Return the first day of the span on which its polity bears no name."""
    day = span.start
    for naming in named[span.polity]:
        if naming.start <= day <= naming.end:
            day = naming.end + DAY
    return day if day <= span.end else None
