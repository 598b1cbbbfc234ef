"""The records of evidence.json, read and checked: every problem with its line, or the evidence."""

from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from geo.geocode.candidates import Matched
from geo.place import KINDS
from geo.records import DAY, LIST, TEXT, Record, RecordReader, Rule, is_number, is_text, one_of
from geo.table.values import is_country


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


EVIDENCE_RULES = {
    "query": TEXT,
    "column": one_of("place", "modern_name", "located_by"),
    "country": Rule(lambda v: v == "" or (is_text(v) and is_country(v)), "a country code"),
    "kind": one_of("", *KINDS),
    "authority": TEXT,
    "why": TEXT,
    "citation": TEXT,
    "when": DAY,
    "candidates": LIST,
}
WEIGHED_RULES = {
    "name": TEXT,
    "country": Rule(lambda v: v is None or (is_text(v) and is_country(v)), "a country code"),
    "kind": one_of(*KINDS),
    "latitude": Rule(lambda v: is_number(v, -90, 90), "a number from -90 to 90"),
    "longitude": Rule(lambda v: is_number(v, -180, 180), "a number from -180 to 180"),
    "authority": TEXT,
    "population": Rule(
        lambda v: v is None or (type(v) is int and v >= 0), "a whole number, or null"
    ),
    "matched": one_of(*get_args(Matched)),
    "km": Rule(lambda v: is_number(v, 0, 21_000), "a distance in km"),
}


def read_evidence(path: Path) -> dict[str, Evidence]:
    """Read the evidence by the places' ids.

    Raises FileNotFoundError, and ReferenceDataError with every problem where there is one.
    """
    reader = RecordReader(path, "evidence")

    def evidence(name: str, record: Record) -> Evidence | None:
        candidates = record["candidates"]
        sound = [
            reader.is_sound(f"{name}.candidates[{number}]", candidate, WEIGHED_RULES)
            for number, candidate in enumerate(candidates)
        ]
        if not all(sound):
            return None
        return Evidence(**record | {"candidates": tuple(Weighed(**c) for c in candidates)})

    return reader.read(evidence, EVIDENCE_RULES)
