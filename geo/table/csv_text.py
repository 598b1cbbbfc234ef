"""A CSV file as spreadsheets really write it: bytes to text, text to rows and cells.

Every cell is kept with where it stands in the text. The `csv` module reads the same cells
(a test compares them) but cannot say where they stand, which writing back needs.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from geo.problems import Findings
from geo.table.letters import doubtful

MAGIC = {
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"PK\x03\x04": "a spreadsheet workbook (XLSX, ODS) or a ZIP archive",
    b"\xd0\xcf\x11\xe0": "an old spreadsheet workbook (XLS)",
    b"\x1f\x8b": "a gzip archive",
    b"%PDF": "a PDF document",
}
WEB_PAGE = re.compile(r"\s*<(?:!doctype|html|\?xml|head|body)", re.IGNORECASE)
SAVE_AS_CSV = "save it as CSV UTF-8"
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
MOST_CELLS = 5_000  # in a row; beyond them it is not a table
SEP_LINE = re.compile(r'"?sep=([,;\t])"?[ \t,;]*(?:\r\n|\n|\r|\Z)', re.IGNORECASE)
# A hash that begins a spreadsheet's error value is not a comment: the row must not vanish.
HASH = r"[ \t\ufeff]*+#(?!(?:REF!|NAME\?|N/A|VALUE!|DIV/0!|NULL!|NUM!))"
COMMENT = re.compile(HASH)
EMPTY_LINES = re.compile(rf"(?:(?:{HASH}[^\r\n]*+|[ \t]*+)(?:\r\n|\n|\r))*+(?:{HASH}[^\r\n]*+\Z)?")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its first physical line (from 1), its cells, and its (start, end) in the text."""

    line: int
    cells: tuple[str, ...]
    start: int
    end: int


def decode(data: bytes, findings: Findings) -> tuple[str, bytes, str] | None:
    """The text, its byte-order mark and its encoding; None, and an error, if it is not text."""
    if what := next((MAGIC[magic] for magic in MAGIC if data.startswith(magic)), None):
        findings.error(f"this is {what}, not a table of text", SAVE_AS_CSV)
        return None
    bom = next((bom for bom in BOMS if data.startswith(bom)), b"")
    body, encoding = data[len(bom) :], BOMS.get(bom, "utf-8")
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as error:
        if bom:
            findings.error(f"the text is broken as {encoding.upper()}", SAVE_AS_CSV)
            return None
        windows = _windows(body, error.start, findings)
        if windows is None:
            return None
        text, encoding = windows, "cp1252"
    return (text, bom, encoding) if _is_table(text, findings) else None


def _windows(body: bytes, first: int, findings: Findings) -> str | None:
    """Text that is not UTF-8, as Windows-1252 where nothing speaks against it."""
    findings.line = len(body[: first + 1].splitlines())
    try:
        text = None if MULTIBYTE.search(body) else body.decode("cp1252")
    except UnicodeDecodeError:
        text = None
    if text is None:
        findings.error("is neither UTF-8 nor Windows-1252 throughout", SAVE_AS_CSV)
    elif "\0" not in text and (doubt := doubtful(text)):
        word, meant, encoding = doubt
        findings.line = 1 + _line_ends(text, 0, text.index(word))
        perhaps = f"; it may be {encoding}, where this reads {meant}" if encoding else ""
        message = f"is no word of Windows-1252, and the file is not UTF-8{perhaps}"
        findings.error(message, SAVE_AS_CSV, value=word)
        text = None
    elif "\0" not in text:
        findings.warning("is not UTF-8: the file was read as Windows-1252", SAVE_AS_CSV)
    findings.line = None
    return text


def _is_table(text: str, findings: Findings) -> bool:
    if not text.strip():
        findings.error("the file is empty", "begin with column names: id,place,arrived")
    elif "\0" in text:
        findings.line = len(LINE_END.findall(text[: text.index("\0")])) + 1
        findings.error("holds NUL: no text, or UTF-16 without its mark", SAVE_AS_CSV)
        findings.line = None
    elif WEB_PAGE.match(text):
        findings.error(
            "this is a web page, perhaps one to log in, not a table", "download the CSV itself"
        )
    else:
        return True
    return False


def declared_delimiter(text: str) -> tuple[str | None, int]:
    """The delimiter that a first line such as `sep=;` names, and where the table begins."""
    match = SEP_LINE.match(text)
    return (match[1], match.end()) if match else (None, 0)


def rows(text: str, start: int, delimiter: str, findings: Findings) -> Iterator[Row]:
    """Every row from `start` that is neither blank nor a comment.

    A row whose quoted cell does not end is told and passed over, one line at a time; the
    reading ends where `findings` is full.
    """
    row_pattern, cell_pattern = _patterns(delimiter)
    position, line = start, 1 + _line_ends(text, 0, start)
    while position < len(text) and not findings.full:
        begun = _end_of(EMPTY_LINES, text, position)
        findings.line = line = line + _line_ends(text, position, begun)
        row = row_pattern.match(text, begun)
        if row is None:
            _report_broken(text, begun, delimiter, findings)
            position = _end_of(REST_OF_LINE, text, begun)
        else:
            position = row.end()
            cells = _cells(cell_pattern.findall(text, begun, row.end("cells")))
            if any(cells) and not "".join(cells).isspace() and not COMMENT.match(cells[0]):
                yield Row(line, cells, begun, row.end("cells"))
        line += _line_ends(text, begun, position)


def cell_spans(text: str, row: Row, delimiter: str) -> list[tuple[int, int]]:
    """The (start, end) of each cell of `row` in `text`, its quotes included."""
    found = _patterns(delimiter)[1].finditer(text, row.start, row.end)
    return [(cell.start(), cell.start(3)) for cell, _ in zip(found, row.cells, strict=False)]


def _end_of(pattern: re.Pattern[str], text: str, position: int) -> int:
    """Where what the pattern matches at `position` ends; there, where it matches nothing."""
    match = pattern.match(text, position)
    return match.end() if match else position


def _line_ends(text: str, start: int, end: int) -> int:
    ends = text.count("\n", start, end)
    if text.find("\r", start, end) >= 0:
        ends += text.count("\r", start, end) - text.count("\r\n", start, end)
    return ends


def _report_broken(text: str, start: int, delimiter: str, findings: Findings) -> None:
    line = text[start : _end_of(REST_OF_LINE, text, start)]
    if line.count(delimiter) >= MOST_CELLS:
        findings.error(f"has more than {MOST_CELLS:,} cells", "delete the row", value=line)
    else:
        findings.error(
            "opens a quote that does not close before a delimiter",
            'close it; a quote inside a quoted cell is written twice: ""',
            value=line,
        )


@lru_cache
def _patterns(delimiter: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A whole row and one cell, as in RFC 4180; nothing in them is ever tried twice.

    The cell's groups are its quoted text, its plain text, and the delimiter behind it.
    """
    quoted, plain = r'[^"]*+(?:""[^"]*+)*+', rf'(?!")[^{delimiter}\r\n]*+'
    cell = rf'(?:"{quoted}"|{plain})'
    cells = rf"(?P<cells>(?:{cell}{delimiter}){{0,{MOST_CELLS - 1}}}+{cell})"
    return (
        re.compile(rf"{cells}(?:\r\n|\n|\r|\Z)"),
        re.compile(rf'(?:"({quoted})"|({plain}))({delimiter}|\Z)'),
    )


def _cells(found: list[tuple[str, str, str]]) -> tuple[str, ...]:
    # Behind a last cell with text in it the pattern finds an empty one that is not there.
    if len(found) > 1 and not found[-2][2]:
        found.pop()
    return tuple(quoted.replace('""', '"') if quoted else plain for quoted, plain, _ in found)
