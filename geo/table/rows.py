"""One row of the table after another: cells to a typed place, or to what is wrong with them.

The rules are written down in docs/places-csv.md.
"""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from geo import dates
from geo.bibliography import Bibliography
from geo.dates import EdtfDate
from geo.errors import DateError
from geo.place import BYS, KINDS, ROLES, ROUTE_ROLES, Place, Reference, Source
from geo.problems import Findings, shown
from geo.table.cells import (
    FORMULA,
    MAX_CELL,
    SPREADSHEET_ERROR,
    bare,
    clean,
    is_clean,
    pair,
)
from geo.table.columns import COLUMNS, COORDINATES, PAIR
from geo.table.csv_text import Row
from geo.table.file import PlacesFile
from geo.table.letters import encoded_once, other_alphabet
from geo.table.values import ValueReader

PROSE = ("place", "modern_name", "phase", "conveyance", "title", "story", "claim", "sources")
UNTYPED = ("modern_name", "phase", "conveyance", "title", "story", "claim")
LONGEST_ID = 80
DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab"}
ID = re.compile(r"[a-z0-9-]+")
REFERENCE = re.compile(r"([a-z0-9_-]+)\s*:\s*([0-9]{1,6})", re.IGNORECASE)
SOURCE = re.compile(r"([^<>]*)<\s*([^<>\s]*)\s*>")
WEB_ADDRESS = re.compile(r"https?://[^\s<>\"'`{}|\\^]+", re.IGNORECASE)
OTHER_ADDRESS = re.compile(
    r"\b(?!https?:)[a-z][a-z0-9+.-]{1,30}://|\b(?:javascript|vbscript|file|data|mailto|ftp):[^\s\d]",
    re.IGNORECASE,
)
ONE_SOURCE = re.compile(r"(?:[^;<]++|<[^<>]*+>|<)++")  # an address may hold a semicolon


class RowReader:
    """Reads the rows of one file and tells what is wrong with each; `findings` collects it.

    `texts` gives each text's number of paragraphs, `life` its first and last day,
    `bibliography` what sources may cite; what is None, or lists nothing, is not checked.
    """

    def __init__(
        self,
        file: PlacesFile,
        findings: Findings,
        texts: Mapping[str, int] | None,
        life: tuple[date, date] | None,
        bibliography: Bibliography,
    ) -> None:
        self.file = file
        self.findings = findings
        self.texts = texts
        self.life = life
        self.bibliography = bibliography
        self.values = ValueReader(findings, decimal_comma=file.delimiter == ";")
        self.first_rows: dict[str, Row] = {}
        self.undated = False  # whether a row on the route lacks its arrival
        self.empty = dict.fromkeys(COLUMNS, "")
        known = (*COLUMNS, PAIR)
        self.columns = [(column, p) for column, p in file.header.items() if column in known]

    def place(self, row: Row) -> Place | None:
        """The place of one row; None where an error, or a row that says the same, costs it."""
        self.findings.line = row.line
        errors_before = self.findings.errors
        cells = self._cells(row)
        if self._repeated(row, cells["id"]):
            return None
        latitude, longitude = self.values.point(cells["latitude"], cells["longitude"])
        place = Place(
            line=row.line,
            id=self._id(cells["id"]),
            place=self._required("place", cells["place"]),
            country=self.values.country(cells["country"]),
            kind=self.values.choice("kind", cells["kind"], KINDS, "settlement"),
            role=self.values.choice("role", cells["role"], ROLES, "stop"),
            arrived=self._date("arrived", cells["arrived"]),
            departed=self._date("departed", cells["departed"]),
            by=self.values.choice("by", cells["by"], BYS, "", noun="way of travelling"),
            via=self.values.waymarks(cells["via"]),
            texts=self._references(cells["texts"]),
            sources=self._sources(cells["sources"]),
            latitude=latitude,
            longitude=longitude,
            located_by=self.values.authority(cells["located_by"]),
            **{column: cells[column] for column in UNTYPED},
        )
        self._check_stay(place, cells)
        undated = place.on_route and place.arrived is None
        return None if undated or self.findings.errors > errors_before else place

    def _cells(self, row: Row) -> dict[str, str]:
        """The row's known cells by column, cleaned; an absent one is empty."""
        self._check_width(row)
        cells, width = self.empty.copy(), len(row.cells)
        for column, position in self.columns:
            written = row.cells[position] if position < width else ""
            if written:
                cells[column] = written if is_clean(written) else self._cell(column, written)
        if together := cells.pop(PAIR, ""):
            cells["latitude"], cells["longitude"] = self._pair(together)
        return cells

    def _pair(self, value: str) -> tuple[str, str]:
        try:
            return pair(value)
        except ValueError as error:
            self.findings.error(str(error), "write them as in 46.4775, 30.7326", PAIR, value)
            return "", ""

    def _check_width(self, row: Row) -> None:
        columns, cells = len(self.file.heading.cells), len(row.cells)
        if cells < columns:
            self.findings.warning(
                f"has {cells} cells where the header has {columns}: the rest count as empty",
                "add the delimiters that are missing",
            )
        elif cells > columns and any(cell.strip() for cell in row.cells[columns:]):
            self.findings.error(
                f"is a cell too many: the row has {cells}, the header {columns}",
                f"put straight quotes round a cell with a {DELIMITERS[self.file.delimiter]} in it",
                value=row.cells[columns],
            )

    def _cell(self, column: str, written: str) -> str:
        if len(written) > MAX_CELL:
            self.findings.error(
                f"is longer than {MAX_CELL:,} characters",
                "shorten it, or close the quote that was left open",
                column,
                written,
            )
            return ""
        self._check_letters(column, written)
        text, told = clean(written)
        for message in told:
            self.findings.warning(message, "type the cell anew", column, written)
        if SPREADSHEET_ERROR.match(text):
            self.findings.error("is a spreadsheet's error", "fix the cell", column, text)
            return ""
        if column in PROSE:
            self._check_formula(column, text)
            return text
        return text if column in (*COORDINATES, PAIR) else bare(text)

    def _check_letters(self, column: str, written: str) -> None:
        if once := encoded_once(written):
            meant = shown(once)
            self.findings.warning(
                "has letters that were encoded twice",
                "type the cell anew" if once == written else f"write {meant}",
                column,
                written,
            )
        elif other := other_alphabet(written):
            word, meant, encoding = other
            self.findings.warning(
                f"has wrong letters: {word} may be {meant}, of a file in {encoding}",
                f"write {meant}",
                column,
                written,
            )

    def _check_formula(self, column: str, text: str) -> None:
        if text and FORMULA.match(text):
            self.findings.warning(
                "would run as a formula in a spreadsheet; it was kept as text",
                "begin it with a letter",
                column,
                text,
            )

    def _repeated(self, row: Row, identity: str) -> bool:
        """Whether an earlier row has the same id; tells of it."""
        first = self.first_rows.setdefault(identity, row) if identity else row
        if first is row:
            return False
        if first.cells == row.cells:
            self.findings.warning(
                f"repeats line {first.line} word for word and was left out", "delete it"
            )
        else:
            self.findings.error(
                f"is the id of line {first.line} already",
                f"write another, such as {identity}-2",
                "id",
                identity,
            )
        return True

    def _required(self, column: str, value: str) -> str:
        if not value:
            self.findings.error("is empty", f"every row needs its {column}", column)
        return value

    def _id(self, value: str) -> str:
        if not self._required("id", value):
            return value
        if not ID.fullmatch(value) or len(value) > LONGEST_ID:
            slug = re.sub(r"[^a-z0-9]+", "-", value.casefold())[:LONGEST_ID].strip("-")
            self.findings.error(
                f"is not an id (at most {LONGEST_ID} of a-z, 0-9 and -)",
                f"write {slug}" if slug else "write one such as prinkipo-1929",
                "id",
                value,
            )
        return value

    def _date(self, column: str, value: str) -> EdtfDate | None:
        if not value:
            return None
        try:
            read = dates.parse(value)
        except DateError as error:
            self.findings.error(error.reason, error.repair, column, value)
            return None
        if read.text != value:
            self.findings.warning(f"was read as {read.text}", f"write {read.text}", column, value)
        return read

    def _check_stay(self, place: Place, cells: Mapping[str, str]) -> None:
        """What the dates of one row must keep to, between themselves and within the life."""
        arrived, departed = place.arrived, place.departed
        if arrived and departed and departed.latest < arrived.earliest:
            self.findings.error(
                f"lies before the arrival, {arrived.text}",
                "exchange the two, or fix the year",
                "departed",
                cells["departed"],
            )
        for column, when, other in (
            ("arrived", arrived, departed),
            ("departed", departed, arrived),
        ):
            if when:
                self._ask_about_years(column, when, other)
        if place.role not in ROUTE_ROLES:
            return
        if not cells["arrived"] and "arrived" in self.file.header:
            self.findings.error(
                "is empty", "a row on the route needs a date, such as 1917-05", "arrived"
            )
        self.undated = self.undated or not cells["arrived"]
        for column, when in (("arrived", arrived), ("departed", departed)):
            if when and self.life and not _within(when, self.life):
                self.findings.error(
                    f"lies outside the life, {self.life[0]} to {self.life[1]}",
                    "fix the date, or give the row the role mentioned",
                    column,
                    cells[column],
                )

    def _ask_about_years(self, column: str, when: EdtfDate, other: EdtfDate | None) -> None:
        """Ask about `1920-24`, unless the row's other date shows that a season is meant."""
        years = dates.years_perhaps_meant(when)
        if years is None or (other and other.text != when.text and _within_a_year(when, other)):
            return
        first, last = years
        season = dates.in_words(when)
        self.findings.warning(
            f"was read as {season}; it may mean the years {first} to {last}",
            f"write {first} in arrived and {last} in departed, or {when.text}~ for {season}",
            column,
            when.text,
        )

    def _references(self, value: str) -> tuple[Reference, ...]:
        if not value:
            return ()
        parts = [part.strip() for part in value.split(";") if part.strip()]
        references = (self._reference(part) for part in parts)
        return tuple(dict.fromkeys(reference for reference in references if reference))

    def _reference(self, part: str) -> Reference | None:
        match = REFERENCE.fullmatch(part)
        if not match:
            self.findings.error(
                "is not a reference", "write text:paragraph, as in addison:5; choonara:59",
                "texts", part,
            )  # fmt: skip
            return None
        reference = Reference(match[1].casefold(), int(match[2]))
        if self.texts is not None:
            self._check_reference(part, reference, self.texts)
        return reference

    def _check_reference(self, part: str, reference: Reference, texts: Mapping[str, int]) -> None:
        paragraphs = texts.get(reference.text)
        if paragraphs is None:
            known = ", ".join(texts) or "none"
            self.findings.error(
                f"names a text that journey.toml does not have (it has: {known})",
                "fix the name, or describe the text there",
                "texts",
                part,
            )
        elif not 1 <= reference.paragraph <= paragraphs:
            self.findings.error(
                "names a paragraph that the text does not have",
                f"write a number from 1 to {paragraphs}",
                "texts",
                part,
            )

    def _sources(self, value: str) -> tuple[Source, ...]:
        if not value:
            return ()
        several = ";" in value
        parts = (part.strip() for part in (ONE_SOURCE.findall(value) if several else [value]))
        sources = tuple(self._source(part) for part in parts if part)
        for source in filter(self.bibliography.lacks, sources):
            self.findings.warning(
                "cites no work of bibliography.csv",
                "cite one as it stands there, or add the work",
                "sources",
                source.words,
            )
        return sources

    def _source(self, part: str) -> Source:
        if ":" not in part and "<" not in part:  # most are words, and no address lacks a colon
            return Source(part)
        if WEB_ADDRESS.fullmatch(part):
            return Source(part, part)
        match = SOURCE.fullmatch(part)
        if match and WEB_ADDRESS.fullmatch(match[2]):
            return Source(match[1].strip(), match[2])
        if match:
            self.findings.warning(
                "has no http or https address between < and >; it was kept as words",
                "write <https://…>",
                "sources",
                part,
            )
        elif OTHER_ADDRESS.search(part):
            self.findings.warning(
                "holds an address that is neither http nor https; it was kept as words",
                "write <https://…>, or name the source in words",
                "sources",
                part,
            )
        return Source(part)


def _within_a_year(one: EdtfDate, other: EdtfDate) -> bool:
    return max(one.earliest, other.earliest) - min(one.latest, other.latest) <= timedelta(days=365)


def _within(when: EdtfDate, life: tuple[date, date]) -> bool:
    return when.latest >= life[0] and when.earliest <= life[1]
