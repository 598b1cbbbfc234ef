"""Changes to the table: new cells and new rows, and every other byte as it was.

Line ends, quotes, order of columns, comments, byte-order mark and encoding stay. Nothing is
written here: `geo.geocode.keeping` writes what comes of it, whole or not at all.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping

from geo.errors import PlacesError
from geo.problems import MOST_PROBLEMS, format_problems, shown
from geo.table.cells import DECIMAL, bare, clean
from geo.table.columns import COLUMNS, COORDINATES, PAIR
from geo.table.csv_text import LINE_END, Row, cell_spans
from geo.table.file import parse_file


def with_cells(
    data: bytes, changes: Mapping[str, Mapping[str, str]], name: str = "places.csv"
) -> bytes:
    """The bytes of a table with `changes`, {id: {column: value}}, made.

    Only the changed cells change. A known column that the file lacks is added at the end, and
    then every line changes. Raises PlacesError for an unknown id or column, or a file that
    cannot be used.
    """
    draft = _Draft(data, name)
    by_id = draft.rows_by_id()
    if unknown := [wanted for wanted in changes if len(by_id.get(wanted, ())) != 1]:
        raise PlacesError(f"{name} has not exactly one row with the id {', '.join(unknown)}")
    draft.need(changes.values())
    for wanted, change in changes.items():
        draft.write(by_id[wanted][0], change)
    return draft.encoded()


def with_row(data: bytes, values: Mapping[str, str], name: str = "places.csv") -> bytes:
    """The bytes of a table with one more row, of `values`, {column: value}.

    The rules are those of `with_cells`.
    """
    draft = _Draft(data, name)
    if values.get("id") in draft.rows_by_id():
        raise PlacesError(f"{name} already has a row with the id {values['id']}")
    draft.need([values])
    return draft.encoded(draft.row(values))


class _Draft:
    """A table about to change: new cells by row and position, until it is bytes again."""

    def __init__(self, data: bytes, name: str) -> None:
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
            if column in self.header or (PAIR in self.header and column in COORDINATES):
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
                raise PlacesError(f"{self.name}:{row.line}: fix the extra cell first")
            self._set(row, position, "")

    def write(self, row: Row, change: Mapping[str, str]) -> None:
        for position, value in self._placed(change):
            self._set(row, position, value)

    def _placed(self, values: Mapping[str, str]) -> Iterator[tuple[int, str]]:
        """Positions and cells; what is empty needs no column that is not there."""
        for column, value in values.items():
            if column in self.header:
                yield self.header[column], self._localised(column, value)
        if PAIR in self.header and not values.keys().isdisjoint(COORDINATES):
            pair = (values.get(axis, "") for axis in COORDINATES)
            yield self.header[PAIR], ", ".join(filter(None, pair))

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
            raise PlacesError(f"{self.name} would be read otherwise than meant; fix it first")

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
