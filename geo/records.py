"""Records by name in a JSON file, read and checked: every problem with its line, or the records."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from geo.errors import ReferenceDataError
from geo.problems import Findings
from geo.reading import read_text

MAX_BYTES = 100_000_000
RESTORE = "restore the file, or remove the record"
RESTORE_FILE = "restore the file, or remove it"
NAME = re.compile(r'[\s,]*("(?:[^"\\]|\\.)*")\s*:\s*')

Record = dict[str, Any]


class Rule(NamedTuple):
    """What a value must be, and the same in words."""

    holds: Callable[[Any], bool]
    wish: str


def is_text(value: object) -> bool:
    """Whether a value is a text; half of a character is one to JSON, and to nothing else."""
    return isinstance(value, str) and not any("\ud800" <= c <= "\udfff" for c in value)


def is_number(value: object, low: float, high: float) -> bool:
    """Whether a value is a number between two bounds."""
    return type(value) in (int, float) and low <= value <= high  # type: ignore[operator]


def _is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and bool(date.fromisoformat(value))
    except ValueError:
        return False


TEXT = Rule(is_text, "a text")
DAY = Rule(_is_day, "a day, such as 2026-11-21")
LIST = Rule(lambda value: isinstance(value, list), "a list")
KM = Rule(lambda value: is_number(value, 0, 100_000), "a distance in km")


def one_of(*choices: str | None) -> Rule:
    """A value that is one of several."""
    words = ", ".join("null" if choice is None else choice or '""' for choice in choices)
    return Rule(lambda value: value in choices, f"one of {words}")


class RecordReader:
    """Reads the records of one file; `findings` collects what is wrong. `holds` is its matter."""

    def __init__(self, path: Path, holds: str) -> None:
        self.path = path
        self.holds = holds
        self.findings = Findings(path.name)

    def read(self, make: Callable[[str, Record], Any], rules: Mapping[str, Rule]) -> dict[str, Any]:
        """What `make` makes of the name and the values of each record that keeps to the rules.

        Raises FileNotFoundError, and ReferenceDataError with every problem where there is one.
        """
        text = read_text(self.path, MAX_BYTES, self.findings, RESTORE_FILE)
        made = {}
        for name, record in [] if text is None else self._named(text):
            if self.is_sound(name, record, rules):
                made[name] = make(name, record)
        if self.findings.errors:
            raise ReferenceDataError(self.findings.problems)
        return made

    def _named(self, text: str) -> Iterator[tuple[str, Any]]:
        seen: dict[str, int] = {}
        for name, record in self._divided(text):
            if name in seen:
                self.findings.error(f"stands in line {seen[name]} already", RESTORE, name)
            seen.setdefault(name, self.findings.line or 0)
            yield name, record

    def _divided(self, text: str) -> Iterator[tuple[str, Any]]:
        """Each name of the JSON object with its value; the line of findings is where it stands."""
        wrong = f"does not hold {self.holds}"
        try:
            whole = json.loads(text)
        except json.JSONDecodeError as error:
            self.findings.line = error.lineno
            self.findings.error(f"{wrong}: {error.msg}", RESTORE_FILE)
            return
        except (ValueError, RecursionError) as error:
            self.findings.error(f"{wrong}: {error}", RESTORE_FILE)
            return
        if not isinstance(whole, dict):
            self.findings.error(f"{wrong}: no object of records by id", RESTORE_FILE)
            return
        decoder, position, line = json.JSONDecoder(), text.index("{") + 1, 1
        line += text.count("\n", 0, position)
        while match := NAME.match(text, position):
            line += text.count("\n", position, match.start(1))
            self.findings.line = line
            record, end = decoder.raw_decode(text, match.end())
            yield json.loads(match[1]), record
            line += text.count("\n", match.start(1), end)
            position = end

    def is_sound(self, path: str, record: object, rules: Mapping[str, Rule]) -> bool:
        """Whether a record has the keys that the rules name, each with a value that fits."""
        errors_before = self.findings.errors
        if not isinstance(record, dict):
            self.findings.error("is not a record", RESTORE, path, json.dumps(record))
            return False
        for key in (key for key in record if key not in rules):
            self.findings.error("is an unknown key", RESTORE, f"{path}.{key}")
        for key, rule in rules.items():
            if key not in record:
                self.findings.error("is missing", RESTORE, f"{path}.{key}")
            elif not rule.holds(record[key]):
                value = json.dumps(record[key], ensure_ascii=False)
                self.findings.error(
                    f"is not {rule.wish}", RESTORE, f"{path}.{key}", value.strip('"')
                )
        return self.findings.errors == errors_before


def as_json(records: Mapping[str, Record]) -> bytes:
    """The bytes of a file of records, sorted by name: equal records give equal bytes."""
    return (json.dumps(records, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
