"""The records of evidence.json, read and checked: every problem with its line, or the evidence."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple, get_args

from geo.errors import ReferenceDataError
from geo.geocode.candidates import Matched
from geo.place import KINDS
from geo.problems import Findings
from geo.reading import read_text
from geo.table.values import is_country

MAX_BYTES = 100_000_000
RESTORE = "restore the file, or remove the record"
RESTORE_FILE = "restore the file, or remove it"
NAME = re.compile(r'[\s,]*("(?:[^"\\]|\\.)*")\s*:\s*')


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate as it was weighed: `km` is its great-circle distance from the chosen one."""

    name: str
    country: str | None
    kind: str
    latitude: float
    longitude: float
    authority: str
    population: int | None
    matched: Matched
    km: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a place has its coordinates.

    `query` was asked for, as it stands in `column`, with the hints `country` and `kind`; of
    `candidates` the one of `authority` was chosen, because of `why`, on the day `when`
    (ISO 8601), as `citation` has it.
    """

    query: str
    column: str
    country: str
    kind: str
    authority: str
    why: str
    citation: str
    when: str
    candidates: tuple[Weighed, ...]


class Rule(NamedTuple):
    """What a value must be, and the same in words."""

    holds: Callable[[Any], bool]
    wish: str


def _is_text(value: object) -> bool:
    # half of a character is text to JSON, and to nothing else
    return isinstance(value, str) and not any("\ud800" <= c <= "\udfff" for c in value)


def _is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and bool(date.fromisoformat(value))
    except ValueError:
        return False


def _number(low: float, high: float) -> Callable[[object], bool]:
    return lambda value: type(value) in (int, float) and low <= value <= high  # type: ignore[operator]


def _one_of(*choices: str | None) -> Rule:
    words = ", ".join("null" if choice is None else choice or '""' for choice in choices)
    return Rule(lambda value: value in choices, f"one of {words}")


TEXT = Rule(_is_text, "a text")
EVIDENCE_RULES = {
    "query": TEXT,
    "column": _one_of("place", "modern_name", "located_by"),
    "country": Rule(lambda v: v == "" or (_is_text(v) and is_country(v)), "a country code"),
    "kind": _one_of("", *KINDS),
    "authority": TEXT,
    "why": TEXT,
    "citation": TEXT,
    "when": Rule(_is_day, "a day, such as 2026-11-21"),
    "candidates": Rule(lambda v: isinstance(v, list), "a list"),
}
WEIGHED_RULES = {
    "name": TEXT,
    "country": Rule(lambda v: v is None or (_is_text(v) and is_country(v)), "a country code"),
    "kind": _one_of(*KINDS),
    "latitude": Rule(_number(-90, 90), "a number from -90 to 90"),
    "longitude": Rule(_number(-180, 180), "a number from -180 to 180"),
    "authority": TEXT,
    "population": Rule(
        lambda v: v is None or (type(v) is int and v >= 0), "a whole number, or null"
    ),
    "matched": _one_of(*get_args(Matched)),
    "km": Rule(_number(0, 21_000), "a distance in km"),
}


def read_evidence(path: Path) -> dict[str, Evidence]:
    """Read the evidence by the places' ids.

    Raises FileNotFoundError, and ReferenceDataError with every problem where there is one.
    """
    findings = Findings(path.name)
    text = read_text(path, MAX_BYTES, findings, RESTORE_FILE)
    records = {} if text is None else dict(_records(text, findings))
    if findings.errors:
        raise ReferenceDataError(findings.problems)
    return records


def _records(text: str, findings: Findings) -> Iterator[tuple[str, Evidence]]:
    seen: dict[str, int] = {}
    for name, record in _divided(text, findings):
        line = findings.line or 0
        if name in seen:
            findings.error(f"stands in line {seen[name]} already", RESTORE, name)
        seen.setdefault(name, line)
        if evidence := _evidence(name, record, findings):
            yield name, evidence


def _divided(text: str, findings: Findings) -> Iterator[tuple[str, object]]:
    """Each name of the JSON object with its value; the line of findings is where it stands."""
    try:
        whole = json.loads(text)
    except json.JSONDecodeError as error:
        findings.line = error.lineno
        findings.error(f"does not hold evidence: {error.msg}", RESTORE_FILE)
        return
    except (ValueError, RecursionError) as error:
        findings.error(f"does not hold evidence: {error}", RESTORE_FILE)
        return
    if not isinstance(whole, dict):
        findings.error("does not hold evidence: no object of records by id", RESTORE_FILE)
        return
    decoder, position, line = json.JSONDecoder(), text.index("{") + 1, 1
    line += text.count("\n", 0, position)
    while match := NAME.match(text, position):
        line += text.count("\n", position, match.start(1))
        findings.line = line
        record, end = decoder.raw_decode(text, match.end())
        yield json.loads(match[1]), record
        line += text.count("\n", match.start(1), end)
        position = end


def _evidence(name: str, record: object, findings: Findings) -> Evidence | None:
    if not _is_sound(name, record, EVIDENCE_RULES, findings) or not isinstance(record, dict):
        return None
    candidates = record["candidates"]
    paths = [f"{name}.candidates[{number}]" for number in range(len(candidates))]
    sound = [
        _is_sound(path, candidate, WEIGHED_RULES, findings)
        for path, candidate in zip(paths, candidates, strict=True)
    ]
    if not all(sound):
        return None
    return Evidence(**record | {"candidates": tuple(Weighed(**c) for c in candidates)})


def _is_sound(path: str, record: object, rules: Mapping[str, Rule], findings: Findings) -> bool:
    """Whether a record has the keys that the rules name, each with a value that fits."""
    errors_before = findings.errors
    if not isinstance(record, dict):
        findings.error("is not a record", RESTORE, path, json.dumps(record))
        return False
    for key in (key for key in record if key not in rules):
        findings.error("is an unknown key", RESTORE, f"{path}.{key}")
    for key, rule in rules.items():
        if key not in record:
            findings.error("is missing", RESTORE, f"{path}.{key}")
        elif not rule.holds(record[key]):
            value = json.dumps(record[key], ensure_ascii=False)
            findings.error(f"is not {rule.wish}", RESTORE, f"{path}.{key}", value.strip('"'))
    return findings.errors == errors_before
