"""The bytes of a places table: how they are encoded and divided, and how to change a few of them.

Reading keeps, for every cell, where it stands in the text, so that writing back touches
the changed cells and nothing else.
"""

import codecs
import difflib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from geo.errors import PlacesError
from geo.problems import Problem

COLUMNS = (
    "id", "place", "modern_name", "country", "kind", "role", "phase", "arrived", "departed",
    "title", "story", "texts", "claim", "sources", "latitude", "longitude", "located_by",
)  # fmt: skip
MAX_BYTES = 20_000_000
MAX_ROWS = 100_000
MAX_COLUMNS = 100
MAX_CELL = 20_000  # characters
HEADER_WITHIN = 20  # records

MAGIC = {
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"PK\x03\x04": "a spreadsheet workbook (XLSX, ODS) or a ZIP archive",
    b"\xd0\xcf\x11\xe0": "an old spreadsheet workbook (XLS)",
    b"\x1f\x8b": "a gzip archive",
    b"%PDF": "a PDF document",
}
SAVE_AS_CSV = "in the spreadsheet, save as CSV UTF-8"
BOMS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
MULTIBYTE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
LINE_END = re.compile(r"\r\n|\n|\r")
REST_OF_LINE = re.compile(r"[^\r\n]*+(?:\r\n|\n|\r|\Z)")
SEP_LINE = re.compile(r"\"?sep=([,;\t])\"?[ \t,;]*(?:\r\n|\n|\r|\Z)", re.IGNORECASE)
COMMENT = re.compile(r"[ \t\ufeff]*#(?!(?:REF!|NAME\?|N/A|VALUE!|DIV/0!|NULL!|NUM!))")


@dataclass(frozen=True, slots=True)
class Record:
    """One row of the file: its first physical line, its cells, and where they stand.

    `spans` are the (start, end) of each cell in the decoded text, quotes included;
    `end` is where the row's text ends, before its line end.
    """

    line: int
    cells: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]

    @property
    def end(self) -> int:
        """Offset of the row's line end in the decoded text."""
        return self.spans[-1][1]


@dataclass(frozen=True, slots=True)
class PlacesFile:
    """A table as it is written: its text, how to turn it back into bytes, its rows.

    `header` maps each column's name to its position; known names are in their proper
    spelling, others as written. `problems` concern the file as a whole or the form of a row.
    """

    text: str
    bom: bytes
    encoding: str
    delimiter: str
    heading: Record | None
    header: dict[str, int]
    rows: tuple[Record, ...]
    problems: tuple[Problem, ...]

    def encode(self, text: str) -> bytes:
        """The bytes of `text` in this file's encoding; raises PlacesError for a foreign letter."""
        try:
            return self.bom + text.encode(self.encoding)
        except UnicodeEncodeError as error:
            foreign = text[error.start : error.end][:10]
            raise PlacesError(
                f'the file is in {self.encoding}, which has no "{foreign}"; save it as UTF-8 first'
            ) from error


class _Log:
    """The problems met in one file, in order."""

    def __init__(self, name: str):
        self.name = name
        self.problems: list[Problem] = []

    def error(self, message, repair, line=None, column=None, value=None):
        self._add("error", message, repair, line, column, value)

    def warn(self, message, repair, line=None, column=None, value=None):
        self._add("warning", message, repair, line, column, value)

    def _add(self, severity, message, repair, line, column, value):
        value = value if value is None else value[:200]
        self.problems.append(Problem(severity, line, column, value, message, repair, self.name))


def parse_file(data: bytes, name: str = "places.csv", max_rows: int = MAX_ROWS) -> PlacesFile:
    """Divide `data` into rows and cells; never raises, whatever the bytes are."""
    log = _Log(name)
    decoded = _decode(data, log)
    if decoded is None:
        return PlacesFile("", b"", "utf-8", ",", None, {}, (), tuple(log.problems))
    text, bom, encoding = decoded
    delimiter, start = _delimiter(text)
    records = list(_records(text, start, delimiter, max_rows, log))
    heading, header, rows = _with_header(records, log)
    return PlacesFile(text, bom, encoding, delimiter, heading, header, rows, tuple(log.problems))


def _decode(data: bytes, log: _Log) -> tuple[str, bytes, str] | None:
    """The text, the byte-order mark and the encoding; None if this is no text at all."""
    if not data.strip():
        log.error("the file is empty", "begin with a line of column names: id,place,arrived")
        return None
    for magic, what in MAGIC.items():
        if data.startswith(magic):
            log.error(f"this is {what}, not a table of text", SAVE_AS_CSV)
            return None
    bom = next((bom for bom in BOMS if data.startswith(bom)), b"")
    encoding, body = BOMS.get(bom, "utf-8"), data[len(bom) :]
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as error:
        if bom:
            log.error(f"the file is broken {encoding}", SAVE_AS_CSV, _line_of(body, error.start))
            return None
        text, encoding = _windows(body, error.start, log), "cp1252"
    if text is not None and "\0" in text:
        log.error(
            "contains NUL bytes: not text, or UTF-16 without its mark",
            SAVE_AS_CSV,
            _line_of(text, text.index("\0")),
        )
        return None
    if text is not None and re.match(r"\s*<(?:!doctype|html|\?xml|head|body)", text, re.IGNORECASE):
        log.error(
            "this is a web page, not a table (a log-in page, perhaps)",
            "log in and download the CSV itself",
        )
        return None
    return text and (text, bom, encoding)


def _windows(body: bytes, first: int, log: _Log) -> str | None:
    """Text that is not UTF-8, as Windows-1252 where nothing speaks against it."""
    line = _line_of(body, first)
    if MULTIBYTE.search(body):
        log.error("mixes UTF-8 with another encoding here", SAVE_AS_CSV, line)
        return None
    try:
        text = body.decode("cp1252")
    except UnicodeDecodeError:
        log.error("is neither UTF-8 nor Windows-1252 here", SAVE_AS_CSV, line)
        return None
    log.warn("is not UTF-8 here; the file was read as Windows-1252", SAVE_AS_CSV, line)
    return text


def _line_of(text, offset: int) -> int:
    newline, carriage = (b"\n", b"\r") if isinstance(text, bytes) else ("\n", "\r")
    before = text[:offset]
    return 1 + before.count(newline) + before.count(carriage) - before.count(carriage + newline)


def _delimiter(text: str) -> tuple[str, int]:
    """The delimiter and where the table begins: from a `sep=` line, or as the header has it."""
    if match := SEP_LINE.match(text):
        return match[1], match.end()
    best, most = ",", 1
    for line in text[:100_000].splitlines()[: HEADER_WITHIN * 2]:
        for delimiter in ",;\t":
            known = sum(_plain(cell) in COLUMNS for cell in line.split(delimiter))
            if known > most:
                best, most = delimiter, known
    return best, 0


def _records(text: str, start: int, delimiter: str, max_rows: int, log: _Log) -> Iterator[Record]:
    """Every row that is neither blank nor a comment; problems of form go to `log`."""
    position, line = start, 1 + len(LINE_END.findall(text[:start]))
    size, rows = len(text), 0
    field = _field_pattern(delimiter)
    while position < size:
        if COMMENT.match(text, position):
            position, line = REST_OF_LINE.match(text, position).end(), line + 1
            continue
        cells, spans, after = _scan(text, position, field)
        if after is None:
            log.error(
                "a quote is opened and not closed before a delimiter",
                'close the quote; a quote inside a quoted cell is written twice: ""',
                line,
                value=text[spans[-1][0] : spans[-1][0] + 80] if spans else None,
            )
            position, line = REST_OF_LINE.match(text, position).end(), line + 1
            continue
        if any(cell and not cell.isspace() for cell in cells) and not COMMENT.match(cells[0]):
            rows += 1
            if rows > max_rows:
                log.error(f"has more than {max_rows:,} rows", "split the file", line)
                return
            yield Record(line, tuple(cells), tuple(spans))
        line += 1 + sum(
            len(LINE_END.findall(cell)) for cell in cells if "\n" in cell or "\r" in cell
        )
        position = after


@lru_cache
def _field_pattern(delimiter: str) -> re.Pattern[str]:
    """A cell (RFC 4180: group 1 quoted, group 2 plain) and what ends it (group 3)."""
    return re.compile(
        rf'(?:"([^"]*+(?:""[^"]*+)*+)"|((?!")[^{delimiter}\r\n]*+))({delimiter}|\r\n|\n|\r|\Z)'
    )


def _scan(text: str, position: int, field: re.Pattern[str]):
    """Cells and spans of the row at `position`, and where the next row begins.

    The last is None where a quoted cell does not end properly; the last span then begins there.
    """
    cells, spans = [], []
    while True:
        match = field.match(text, position)
        if match is None:
            spans.append((position, position))
            return cells, spans, None
        quoted, plain, ending = match.groups()
        cells.append(plain if quoted is None else quoted.replace('""', '"'))
        spans.append((position, match.start(3)))
        position = match.end()
        if ending in ("\n", "\r\n", "\r", ""):
            return cells, spans, position


def _with_header(records: list[Record], log: _Log):
    """Split the records into the header and the rows below it."""
    heading = _find_heading(records[:HEADER_WITHIN])
    if heading is None:
        log.error(
            "no line of column names found",
            "begin with a line such as: id,place,arrived,departed",
            records[0].line if records else None,
        )
        return None, {}, ()
    position = records.index(heading)
    for above in records[:position]:
        log.warn(
            "a line above the column names was left out",
            "delete it or begin it with #",
            above.line,
            value=above.cells[0],
        )
    header = _header(heading, log)
    return heading, header, tuple(records[position + 1 :])


def _find_heading(records: list[Record]) -> Record | None:
    """The first record that names two columns, or else nearly names two."""
    for recognise in (lambda cell: _plain(cell) in COLUMNS, _resembles):
        for record in records:
            if sum(map(bool, map(recognise, record.cells[:MAX_COLUMNS]))) > 1:
                return record
    return None


def _header(heading: Record, log: _Log) -> dict[str, int]:
    """Positions of the columns; what is doubled, misspelt, missing or unknown is told."""
    if len(heading.cells) > MAX_COLUMNS:
        log.error(
            f"has {len(heading.cells):,} columns, more than {MAX_COLUMNS}",
            "delete the columns that are not needed",
            heading.line,
        )
        return {}
    header: dict[str, int] = {}
    for position, cell in enumerate(heading.cells):
        name = _plain(cell) if _plain(cell) in COLUMNS else " ".join(cell.split())
        if name in header and name in COLUMNS:
            log.error(
                "is the name of two columns", "rename or delete one", heading.line, name, cell
            )
        elif name:
            header.setdefault(name, position)
    for name in [name for name in header if name not in COLUMNS]:
        meant = _resembles(name)
        if meant and meant not in header:
            log.error("is no column", f"write {meant}", heading.line, name, name)
        else:
            log.warn("is a column of your own: kept, not used", "", heading.line, name, name)
    for name in ("id", "place"):
        if name not in header:
            log.error("the column is missing", f"add a column {name}", heading.line, name)
    return header


def _plain(name: str) -> str:
    """A column's name without its capitals, spaces and invisible characters."""
    return re.sub(r"[\s-]+", "_", name[:60].strip(" \t\r\n\xa0\ufeff\u200b\"'“”").casefold())


@lru_cache(maxsize=1000)
def _resembles(name: str) -> str | None:
    close = difflib.get_close_matches(_plain(name[:40]), COLUMNS, n=1, cutoff=0.8)
    return close[0] if close else None
