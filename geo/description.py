"""Read journey.toml: whose journey a places table tells, and which texts it refers to."""

import re
import tomllib
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from geo.bibliography import Work
from geo.errors import DescriptionError
from geo.problems import Findings, shown
from geo.reading import read_text

MAX_BYTES = 1_000_000
TABLE_HEADER = re.compile(r"^[ \t]*\[\[?[^\[\]\n]+\]\]?[ \t]*(?:#.*)?\r?$", re.MULTILINE)
TEXTS_HEADER = re.compile(r"[ \t]*\[\[[ \t]*texts[ \t]*\]\]")
GIVEN = re.compile(r"""^[ \t]*(?:"([^"\n]*)"|'([^'\n]*)'|([A-Za-z0-9_-]+))[ \t]*=""", re.MULTILINE)
AT_LINE = re.compile(r"at line (\d+)")
TEXT_KEY = re.compile(r"[a-z0-9_-]+")
TomlTable = dict[str, Any]  # values of any kind until they are checked


@dataclass(frozen=True, slots=True)
class Text:
    """One of the texts that the `texts` column refers to.

    `key` is how a reference names it; `paragraphs` counts its lines that are not blank.
    `date` is in words, as the page shows it.
    """

    key: str
    author: str
    title: str
    publication: str
    date: str
    paragraphs: int


@dataclass(frozen=True, slots=True)
class Description:
    """A journey's title, its texts in order, and the phases of the life spent in captivity.

    `life` is its first and its last day, where they are told; `works` are those that its sources
    cite, where a bibliography lists them.
    """

    title: str
    subtitle: str
    texts: tuple[Text, ...]
    captive_phases: tuple[str, ...]
    life: tuple[date, date] | None = None
    works: tuple[Work, ...] = ()


# What each key may hold, shown as an example to copy.
DESCRIPTION_KEYS = {
    "title": '"Leon Trotsky"',
    "subtitle": '"a life in places, 1879–1940"',
    "captive_phases": '["prison and exile"]',
}
LIFE_EXAMPLE = "[1879-11-07, 1940-08-21]"
TEXT_KEYS = {
    "key": '"choonara"',
    "author": '"Esme Choonara"',
    "title": '"Trotsky\'s socialism"',
    "publication": '"Socialist Worker"',
    "date": '"17 August 2010"',
    "paragraphs": "79",
}


def read_description(path: Path) -> Description:
    """Read the description of a journey from a TOML file.

    Raises DescriptionError if the file is missing, is not TOML, or has wrong or unknown keys.
    The message holds every problem on a line of its own: file, line, key, value and repair.
    """
    findings = Findings(path.name)
    text = _text(path, findings)
    table = {} if text is None else _load(text, findings)
    if text is not None and not findings.errors:
        _Checker(text, findings).check(table)
    if findings.errors:
        raise DescriptionError(findings.problems)
    return Description(
        title=table["title"],
        subtitle=table["subtitle"],
        texts=tuple(Text(**entry) for entry in table.get("texts", [])),
        captive_phases=tuple(table["captive_phases"]),
        life=tuple(table["life"]) if "life" in table else None,
    )


def _text(path: Path, findings: Findings) -> str | None:
    try:
        return read_text(path, MAX_BYTES, findings, "leave texts out")
    except FileNotFoundError:
        findings.error(
            f"there is no such file in {path.parent}",
            f"write it with {', '.join(DESCRIPTION_KEYS)} and [[texts]]",
        )
        return None


def _load(text: str, findings: Findings) -> TomlTable:
    try:
        return tomllib.loads(text)
    # A number of too many digits is a ValueError, tables too deep are a RecursionError.
    except (ValueError, RecursionError) as error:
        told = AT_LINE.search(str(error))
        findings.line = int(told[1]) if told else None
        findings.error(f"is not TOML: {error}", "fix it there" if told else "shorten it")
    return {}


class _Checker:
    """Tells what is wrong in a description, with the line of its text where that is plain."""

    def __init__(self, text: str, findings: Findings) -> None:
        self.findings = findings
        starts = [0, *(header.start() for header in TABLE_HEADER.finditer(text)), len(text)]
        self.parts = [text[start:end] for start, end in pairwise(starts)]
        self.lines: list[dict[str, int]] = []
        self.begins = [1]
        for part in self.parts:
            self.lines.append(_lines_of_keys(part, self.begins[-1]))
            self.begins.append(self.begins[-1] + part.count("\n"))

    def check(self, table: TomlTable) -> None:
        """All that is wrong in the description."""
        self._check_keys(table, DESCRIPTION_KEYS, 0, other={"texts", "life"})
        if "life" in table and not _is_life(table["life"]):
            self._tell(
                f"life = {_told(table['life'])} is not two days in order",
                f"write it like {LIFE_EXAMPLE}",
                self._line(0, "life"),
            )
        entries = table.get("texts", [])
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            wrong = f"texts = {_told(entries)} is not a list of texts"
            self._tell(wrong, "begin each text with a line [[texts]]", self._line(0, "texts"))
            return
        parts = [n for n, part in enumerate(self.parts) if TEXTS_HEADER.match(part)]
        for number, entry in enumerate(entries):
            part = parts[number] if len(parts) == len(entries) else None
            self._check_keys(entry, TEXT_KEYS, part, f"[[texts]] no. {number + 1}: ")
            self._check_reference_key(entry.get("key"), part, number)
        keys = Counter(entry["key"] for entry in entries if isinstance(entry.get("key"), str))
        for key, count in keys.items():
            if count > 1:
                wrong = f"key = {_told(key)} stands for {count} texts"
                self._tell(wrong, "give each text a key of its own", None)

    def _check_keys(
        self,
        table: TomlTable,
        examples: dict[str, str],
        part: int | None,
        where: str = "",
        other: Collection[str] = (),
    ) -> None:
        """Unknown keys, missing keys and values of the wrong kind, in the order of the file."""
        for key, value in table.items():
            written = f"{where}{shown(key)} = {_told(value)}"
            if key not in examples and key not in other:
                known = f"the keys are {', '.join(examples)}"
                self._tell(f"{written} is not a known key", known, self._line(part, key))
            elif key in examples and (wish := _wish(value, _value(examples[key]))):
                like = f"write it like {key} = {examples[key]}"
                self._tell(f"{written} is not {wish}", like, self._line(part, key))
        for key, example in examples.items():
            if key not in table:
                begins = self.begins[part] if part else None
                self._tell(f"{where}{key} is missing", f"write it like {key} = {example}", begins)

    def _check_reference_key(self, key: object, part: int | None, number: int) -> None:
        if isinstance(key, str) and key.strip() and not TEXT_KEY.fullmatch(key):
            self._tell(
                f"[[texts]] no. {number + 1}: key = {_told(key)} cannot stand in a reference",
                "write small letters a-z, digits, - and _",
                self._line(part, "key"),
            )

    def _line(self, part: int | None, key: str) -> int | None:
        """The line on which a key is given its value, in a part of the file; None if not plain."""
        return None if part is None else self.lines[part].get(key)

    def _tell(self, message: str, repair: str, line: int | None) -> None:
        self.findings.line = line
        self.findings.error(message, repair)


def _lines_of_keys(part: str, line: int) -> dict[str, int]:
    """The line of each key that a part of the file gives a value, by its first line."""
    lines: dict[str, int] = {}
    done = 0
    for given in GIVEN.finditer(part):
        line += part.count("\n", done, given.start())
        done = given.start()
        lines.setdefault(next(filter(None, given.groups()), ""), line)
    return lines


def _told(value: object) -> str:
    """A value as a message shows it."""
    try:
        return shown(repr(value))
    except ValueError:  # Python writes out no number of more than 4,300 digits
        return "a number of very many digits"


def _value(example: str) -> object:
    return tomllib.loads(f"x = {example}")["x"]


def _is_life(value: object) -> bool:
    if not (isinstance(value, list) and len(value) == 2):
        return False
    # A time of day is a date to isinstance, and not to us.
    return all(type(day) is date for day in value) and value == sorted(value)


def _wish(value: object, example: object) -> str | None:
    """What a value ought to be, after the example; None if it is that."""
    if isinstance(example, str):
        return None if isinstance(value, str) and value.strip() else "a text in quotes"
    if isinstance(example, int):
        return None if type(value) is int and value > 0 else "a whole number above 0"
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return None
    return "a list of texts in quotes"
