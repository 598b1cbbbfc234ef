"""A places table as a file: which column stands where, and how to change cells and nothing else.

Writing back touches the changed cells only: line ends, quotes, order of columns, comments,
byte-order mark and encoding stay as they are. It happens whole or not at all, one at a time.
"""

import difflib
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path

from geo.cells import DECIMAL, bare, clean
from geo.csv_text import COMMENT, LINE_END, Row, cell_spans, declared_delimiter, decode, rows
from geo.errors import FileBusy, PlacesError
from geo.problems import MOST_PROBLEMS, Findings, Problem, format_problems, shown
from geo.whole_file import held, replace_whole

COLUMNS = (
    "id", "place", "modern_name", "country", "kind", "role", "phase", "arrived", "departed",
    "title", "story", "texts", "claim", "sources", "latitude", "longitude", "located_by",
)  # fmt: skip
REQUIRED = ("id", "place")
COORDINATES = ("latitude", "longitude")
MAX_BYTES = 20_000_000
MAX_ROWS = 100_000
MAX_COLUMNS = 100
HEADER_WITHIN = 20  # rows


@dataclass(frozen=True, slots=True)
class PlacesFile:
    """A table as it is written: its text, how to turn that into bytes again, its rows.

    `header` maps the name of each column to its position (a known name in its proper
    spelling, any other as written); it is empty where the file cannot be used at all.
    `heading` is the row it was read from. `problems` concern the file or the form of a row.
    """

    text: str
    bom: bytes
    encoding: str
    delimiter: str
    heading: Row | None
    header: Mapping[str, int]
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]


def parse_file(data: bytes, name: str = "places.csv", max_rows: int = MAX_ROWS) -> PlacesFile:
    """Divide `data` into rows and cells; never raises, whatever the bytes are."""
    findings = Findings(name)
    decoded = decode(data, findings)
    if decoded is None:
        return PlacesFile("", b"", "utf-8", ",", None, {}, (), tuple(findings.problems))
    text, bom, encoding = decoded
    declared, start = declared_delimiter(text)
    delimiter = declared or _delimiter(text)
    limit = min(sys.maxsize, max_rows + HEADER_WITHIN)
    found = list(islice(rows(text, start, delimiter, findings), limit))
    heading = _heading(found[:HEADER_WITHIN])
    header = _header(found, heading, findings)
    below = found[found.index(heading) + 1 :] if header else []
    if len(below) > max_rows:
        findings.line = below[max_rows].line
        findings.error(f"is one row too many: at most {max_rows:,} are read", "split the file")
    return PlacesFile(
        text,
        bom,
        encoding,
        delimiter,
        heading,
        header,
        tuple(below[:max_rows]),
        tuple(findings.problems),
    )


def _delimiter(text: str) -> str:
    """The delimiter by which some early line shows most column names; a comma if none does."""
    lines = text[:100_000].splitlines()[: 2 * HEADER_WITHIN]
    early = [line for line in lines if not COMMENT.match(line)]

    def names_shown(delimiter: str) -> int:
        return max(
            (sum(_plain(cell) in COLUMNS for cell in line.split(delimiter)) for line in early),
            default=0,
        )

    return max(",;\t", key=names_shown)


def _heading(found: Iterable[Row]) -> Row | None:
    """The first row that names two columns, or else the first that nearly does."""
    for recognise in (lambda cell: _plain(cell) in COLUMNS, _meant):
        for row in found:
            if sum(bool(recognise(cell)) for cell in row.cells[:MAX_COLUMNS]) > 1:
                return row
    return None


def _header(found: list[Row], heading: Row | None, findings: Findings) -> dict[str, int]:
    """Positions of the columns, or nothing where rows cannot be read by them."""
    if heading is None:
        findings.line = found[0].line if found else None
        findings.error("no line of column names found", "begin with one: id,place,arrived")
        return {}
    for above in found[: found.index(heading)]:
        findings.line = above.line
        findings.warning(
            "stands above the column names and was left out",
            "delete it, or begin it with #",
            value=above.cells[0],
        )
    findings.line = heading.line
    if len(heading.cells) > MAX_COLUMNS:
        findings.error(
            f"has {len(heading.cells):,} columns, more than {MAX_COLUMNS}",
            "delete the columns that nobody needs",
        )
        return {}
    return _positions(heading, findings)


def _positions(heading: Row, findings: Findings) -> dict[str, int]:
    header: dict[str, int] = {}
    doubled = set()
    for position, cell in enumerate(heading.cells):
        plain = _plain(cell)
        name = plain if plain in COLUMNS else clean(cell)[0]
        if name in header:
            doubled.add(name)
        elif name:
            header[name] = position
    for name in sorted(doubled):
        findings.error("names two columns", "rename one of them, or delete it", name, name)
    lost = _report_unknown(header, findings)
    for name in REQUIRED:
        if name not in header and name not in lost:
            findings.error("the column is missing", f"add a column {name}", name)
    return {} if doubled or not header.keys() >= set(REQUIRED) else header


def _report_unknown(header: Mapping[str, int], findings: Findings) -> set[str]:
    """Tell of unknown columns; gives the names that misspelt ones were meant to be."""
    lost = set()
    for name in header:
        meant = None if name in COLUMNS else _meant(name)
        if meant and meant not in header:
            lost.add(meant)
            findings.error("is not the name of a column", f"write {meant}", name, name)
        elif name not in COLUMNS:
            findings.warning("is a column unknown here: kept, but not used", "", name)
    return lost


def _plain(name: str) -> str:
    """A column's name without capitals, spaces, quotes and what cannot be seen."""
    bare = clean(name[:60])[0].strip("\"'“”").casefold()
    return re.sub(r"[\s-]+", "_", bare)


@lru_cache(maxsize=1000)
def _meant(name: str) -> str | None:
    """The column whose name is nearest to a misspelt one."""
    close = difflib.get_close_matches(_plain(name[:40]), COLUMNS, n=1, cutoff=0.8)
    return close[0] if close else None


def update_cells(path: Path, changes: Mapping[str, Mapping[str, str]]) -> bool:
    """Write `changes`, {id: {column: value}}, into the table at `path`; whether any was needed.

    Only the changed cells change; without any the file is not touched. A known column that
    the file lacks is added at the end, and then every line changes. Raises PlacesError for an
    unknown id or column, or a file that cannot be used; FileBusy.
    """
    return _rewrite(path, lambda data: with_cells(data, changes, path.name))


def append_row(path: Path, values: Mapping[str, str]) -> None:
    """Add a row with `values`, {column: value}, at the end; rules as for `update_cells`."""
    _rewrite(path, lambda data: with_row(data, values, path.name))


def with_cells(
    data: bytes, changes: Mapping[str, Mapping[str, str]], name: str = "places.csv"
) -> bytes:
    """The bytes of a table with `changes` made, by the rules of `update_cells`."""
    draft = _Draft(data, name)
    by_id = draft.rows_by_id()
    if unknown := [wanted for wanted in changes if len(by_id.get(wanted, ())) != 1]:
        raise PlacesError(f"{name} has not exactly one row with the id {', '.join(unknown)}")
    draft.need(changes.values())
    for wanted, change in changes.items():
        draft.write(by_id[wanted][0], change)
    return draft.encoded()


def with_row(data: bytes, values: Mapping[str, str], name: str = "places.csv") -> bytes:
    """The bytes of a table with one more row, by the rules of `append_row`."""
    draft = _Draft(data, name)
    if values.get("id") in draft.rows_by_id():
        raise PlacesError(f"{name} already has a row with the id {values['id']}")
    draft.need([values])
    return draft.encoded(draft.row(values))


def _rewrite(path: Path, change: Callable[[bytes], bytes]) -> bool:
    try:
        with held(path.resolve(strict=True)) as real:
            before = real.read_bytes()
            after = change(before)
            if after != before:
                replace_whole(real, after)
            return after != before
    except FileBusy:
        raise
    except OSError as error:
        raise PlacesError(f"{path} cannot be changed: {error.strerror or error}") from error


class _Draft:
    """A table about to change: new cells by row and position, until it is bytes again."""

    def __init__(self, data: bytes, name: str):
        self.file = parse_file(data, name, max_rows=sys.maxsize)
        if not self.file.header or len(self.file.problems) >= MOST_PROBLEMS:
            raise PlacesError("\n".join(format_problems(self.file.problems)), self.file.problems)
        self.name = name
        self.header = dict(self.file.header)
        self.cells: dict[int, dict[int, str]] = {}
        self.decimal_comma = self.file.delimiter == ";" and not self._has_decimal_points()

    def _has_decimal_points(self) -> bool:
        positions = [self.header[axis] for axis in COORDINATES if axis in self.header]
        cells = (row.cells[p] for row in self.file.rows for p in positions if p < len(row.cells))
        return any("." in cell and DECIMAL.fullmatch(cell.strip()) for cell in cells)

    def rows_by_id(self) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = {}
        for row in self.file.rows:
            cell = row.cells[self.header["id"]] if self.header["id"] < len(row.cells) else ""
            found.setdefault(bare(clean(cell)[0]), []).append(row)
        return found

    def need(self, changes: Iterable[Mapping[str, str]]) -> None:
        """Add the known columns that the file lacks for `changes`, to its header and every row."""
        wanted = (column for change in changes for column, value in change.items() if value)
        for column in dict.fromkeys(wanted):
            if column in self.header:
                continue
            if column not in COLUMNS:
                raise PlacesError(f"{self.name} has no column {column}")
            self._add(column)

    def _add(self, column: str) -> None:
        position = max(len(self.file.heading.cells), 1 + max(self.header.values()))
        self.header[column] = position
        self._set(self.file.heading, position, column)
        for row in self.file.rows:
            if any(cell.strip() for cell in row.cells[position:]):
                raise PlacesError(f"{self.name}:{row.line}: mend the cell too many first")
            self._set(row, position, "")

    def write(self, row: Row, change: Mapping[str, str]) -> None:
        for position, value in self._placed(change):
            self._set(row, position, value)

    def _placed(self, values: Mapping[str, str]) -> Iterator[tuple[int, str]]:
        """Positions and cells; what is empty needs no column that is not there."""
        for column, value in values.items():
            if column in self.header:
                yield self.header[column], self._localised(column, value)

    def _set(self, row: Row, position: int, value: str) -> None:
        self.cells.setdefault(row.line, {})[position] = value

    def _localised(self, column: str, value: str) -> str:
        comma = self.decimal_comma and column in COORDINATES and DECIMAL.fullmatch(value)
        return value.replace(".", ",") if comma else value

    def row(self, values: Mapping[str, str]) -> tuple[str, ...]:
        """The cells of a new row, in the file's own order and manner."""
        cells = [""] * max(len(self.file.heading.cells), 1 + max(self.header.values()))
        for position, value in self._placed(values):
            cells[position] = value
        return tuple(cells)

    def _line_end(self) -> str:
        found = LINE_END.search(self.file.text, self.file.heading.end)
        return found[0] if found else "\n"

    def _quoted(self, value: str, always: bool = False) -> str:
        special = any(c in value for c in (self.file.delimiter, '"', "\r", "\n"))
        if always or special or value != value.strip():
            return '"' + value.replace('"', '""') + '"'
        return value

    def encoded(self, added: tuple[str, ...] = ()) -> bytes:
        """The new bytes: the old text with the new cells in place, and a row `added` at the end.

        Raises PlacesError where they would not be read again as they are meant, as happens
        next to a quote that was left open.
        """
        text, pieces, done = self.file.text, [], 0
        for row in (self.file.heading, *self.file.rows):
            for start, end, written in self._edits(row):
                pieces += [text[done:start], written]
                done = end
        new = "".join([*pieces, text[done:]])
        if added:
            line = map(self._quoted, added)
            gap = "" if new.endswith(("\n", "\r")) else self._line_end()
            new += gap + self.file.delimiter.join(line) + self._line_end()
        data = self._bytes(new)
        if new != text:
            self._check(data, [*map(self._meant, self.file.rows), *([added] if added else [])])
        return data

    def _check(self, data: bytes, meant: list[tuple[str, ...]]) -> None:
        again = parse_file(data, self.name, max_rows=sys.maxsize)
        if [row.cells for row in again.rows] != meant or again.header != self.header:
            raise PlacesError(f"{self.name} would be read otherwise than meant; mend it first")

    def _meant(self, row: Row) -> tuple[str, ...]:
        new = self.cells.get(row.line, {})
        width = max(len(row.cells), 1 + max(new, default=0))
        known = dict(enumerate(row.cells)) | new
        return tuple(known.get(position, "") for position in range(width))

    def _edits(self, row: Row) -> Iterator[tuple[int, int, str]]:
        """Where in the text what is to be written; cells beyond the row's end come last."""
        new, width = self.cells.get(row.line, {}), len(row.cells)
        spans = cell_spans(self.file.text, row, self.file.delimiter) if new else []
        for position in sorted(p for p in new if p < width):
            start, end = spans[position]
            if row.cells[position] != new[position]:
                quoted = self.file.text[start:end].startswith('"')
                yield start, end, self._quoted(new[position], always=quoted)
        if max(new, default=0) >= width:
            beyond = [self._quoted(new.get(p, "")) for p in range(width, max(new) + 1)]
            yield row.end, row.end, "".join(self.file.delimiter + cell for cell in beyond)

    def _bytes(self, text: str) -> bytes:
        try:
            return self.file.bom + text.encode(self.file.encoding)
        except UnicodeEncodeError as error:
            foreign = shown(text[error.start : error.end], 10)
            raise PlacesError(
                f'{self.name} is in Windows-1252, which has no "{foreign}"; save it as UTF-8 first'
            ) from error
