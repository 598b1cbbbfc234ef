"""The works that a journey's sources cite, as bibliography.csv beside its table lists them."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from geo.errors import BibliographyError
from geo.place import Source
from geo.problems import Findings
from geo.reading import read_text

MAX_BYTES = 1_000_000
COLUMNS = ["cited_as", "kind", "author", "title", "publisher", "year", "url"]
REMARKS = ("unsourced:", "weak:", "sources differ", "the day ", "the days ", "the start ")
"""How an entry of the column `sources` begins that says something about the sources."""


@dataclass(frozen=True, slots=True)
class Work:
    """A work as a bibliography tells it; what nobody knows is empty.

    `cited_as` are the words with which its citations begin; `kind` says what it is, in any words.
    """

    cited_as: tuple[str, ...]
    title: str
    kind: str = ""
    author: str = ""
    publisher: str = ""
    year: str = ""
    url: str = ""


class Citation(NamedTuple):
    """A work, and where in it: `ch. 42`, or nothing."""

    work: Work
    passage: str


class Bibliography:
    """Finds the work of a citation; without works, each citation is of what it begins with."""

    def __init__(self, works: Iterable[Work] = ()) -> None:
        """Take the works; no two are cited with the same words."""
        self._works = {words: work for work in works for words in work.cited_as}

    def cited(self, source: Source) -> Citation | None:
        """The citation that a source is; None for a remark."""
        if is_remark(source):
            return None
        return self._listed(source.words) or _unlisted(source)

    def lacks(self, source: Source) -> bool:
        """Whether a source is a citation of no work that is listed, where some are."""
        return bool(self._works and not is_remark(source) and not self._listed(source.words))

    def _listed(self, words: str) -> Citation | None:
        """The work whose words the citation begins with, up to a comma; the longest count."""
        begin, passage = words, ""
        while begin and begin not in self._works:
            begin, _, last = begin.rpartition(", ")
            passage = f"{last}, {passage}" if passage else last
        return Citation(self._works[begin], passage) if begin else None


def is_remark(source: Source) -> bool:
    """Whether it says something about the sources, such as `unsourced: the months`."""
    return source.words.startswith(REMARKS)


def _unlisted(source: Source) -> Citation:
    """A work of which no more is known than its citation; a bare address is cited by its site."""
    if source.words == source.url:
        return Citation(_named(urlsplit(source.url).netloc), "")
    name, _, passage = source.words.partition(", ")
    return Citation(_named(name), passage)


def _named(name: str) -> Work:
    return Work((name,), name)


def read_works(path: Path) -> tuple[Work, ...]:
    """Read the works of a bibliography; none where there is no such file.

    Raises BibliographyError with everything that is wrong in it.
    """
    findings = Findings(path.name)
    try:
        text = read_text(path, MAX_BYTES, findings, "leave works out")
    except FileNotFoundError:
        return ()
    works = () if text is None else tuple(_works(text, findings))
    if findings.errors:
        raise BibliographyError(findings.problems)
    return works


def _works(text: str, findings: Findings) -> Iterator[Work]:
    table = csv.DictReader(io.StringIO(text, newline=""), restval="")
    if table.fieldnames != COLUMNS:
        findings.error("has other columns", f"begin it with the line {','.join(COLUMNS)}")
        return
    known: set[str] = set()
    for row in table:
        findings.line = table.line_num
        if None in row:
            findings.error("has a cell too many", "put quotes round a cell with a comma in it")
            continue
        cells = {column: cell.strip() for column, cell in row.items()}
        cited_as = tuple(filter(None, map(str.strip, cells.pop("cited_as").split(";"))))
        _check(cited_as, cells, known, findings)
        known.update(cited_as)
        yield Work(cited_as, **cells)


def _check(
    cited_as: tuple[str, ...], cells: dict[str, str], known: set[str], findings: Findings
) -> None:
    """What is wrong in a row, where `known` are the words of those before it."""
    if not cited_as:
        findings.error("is empty", "write how its citations begin", "cited_as")
    if not cells["title"]:
        findings.error("is empty", "write the title of the work", "title")
    if cells["url"] and urlsplit(cells["url"]).scheme not in ("http", "https"):
        findings.error("is no web address", "write https://…, or nothing", "url", cells["url"])
    for words in known.intersection(cited_as):
        findings.error("stands for two works", "cite them in other words", "cited_as", words)
