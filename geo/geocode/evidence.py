"""The evidence for each coordinate: what was asked, what was found, what was chosen and why."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, TypedDict, Unpack

from geopy.distance import great_circle

from geo.errors import GeocodingError
from geo.files import locked, replace_whole
from geo.geocode.candidates import Candidate, Choice, Matched


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


class Asked(TypedDict):
    """What was asked, and when, as `Evidence` has it."""

    query: str
    column: str
    country: str
    kind: str
    when: str


def weigh(choice: Choice, candidates: Iterable[Candidate], **asked: Unpack[Asked]) -> Evidence:
    """Return the evidence for a choice."""
    chosen = choice.candidate
    weighed = sorted((_weighed(c, chosen) for c in candidates), key=lambda w: (w.km, w.authority))
    return Evidence(
        **asked,
        authority=chosen.authority,
        why=choice.why,
        citation=chosen.citation,
        candidates=tuple(weighed),
    )


def _weighed(candidate: Candidate, chosen: Candidate) -> Weighed:
    return Weighed(
        name=candidate.name,
        country=candidate.country,
        kind=candidate.kind,
        latitude=candidate.latitude,
        longitude=candidate.longitude,
        authority=candidate.authority,
        population=candidate.population,
        matched=candidate.matched,
        km=round(great_circle(candidate.point, chosen.point).km, 1),
    )


def explain(name: str, evidence: Evidence) -> list[str]:
    """Return the evidence for the place with the id `name` as lines for a terminal."""
    hints = ", ".join(hint for hint in (evidence.country, evidence.kind) if hint)
    lines = [
        f"{name}: {evidence.authority}, located {evidence.when}",
        f"  asked for   {evidence.query!r} (column {evidence.column}; {hints or 'no hints'})",
        f"  chosen      {evidence.why}",
        f"  says        {evidence.citation}",
        f"  candidates  {len(evidence.candidates)}",
    ]
    return lines + [f"    {_in_words(candidate)}" for candidate in evidence.candidates]


def _in_words(weighed: Weighed) -> str:
    people = f"{weighed.population:,} people" if weighed.population else "population unknown"
    where = f"{weighed.latitude:.4f}, {weighed.longitude:.4f}"
    return (
        f"{weighed.km:8.1f} km  {weighed.name} ({weighed.country or '–'}, {weighed.kind}), "
        f"{people}, {where}, {weighed.authority}"
    )


class EvidenceStore:
    """The evidence of all places in one JSON file, sorted by id; written whole or not at all."""

    def __init__(self, path: Path) -> None:
        """Keep the evidence in the file at `path`, which need not exist yet."""
        self._path = Path(path)

    def read(self) -> dict[str, Evidence]:
        """Return the evidence by the places' ids; empty where there is no file yet.

        Raises:
            GeocodingError: the file holds something else.
        """
        try:
            records = json.loads(self._path.read_text(encoding="utf-8"))
            return {name: _evidence(record) for name, record in records.items()}
        except FileNotFoundError:
            return {}
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            message = f"{self._path} does not hold evidence: {error}. Restore it, or remove it."
            raise GeocodingError(message) from error

    def update(self, found: Mapping[str, Evidence]) -> None:
        """Add evidence by id. What was found before just so keeps the date on which it was.

        Raises FileBusy.
        """
        if not found:
            return
        with locked(self._path) as real:
            known = self.read()
            merged = known | {name: _older(known.get(name), new) for name, new in found.items()}
            if merged != known:
                replace_whole(real, _as_json(merged))


def _as_json(records: Mapping[str, Evidence]) -> bytes:
    plain = {name: asdict(evidence) for name, evidence in records.items()}
    return (json.dumps(plain, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _evidence(record: dict[str, Any]) -> Evidence:
    return Evidence(**record | {"candidates": tuple(Weighed(**c) for c in record["candidates"])})


def _older(known: Evidence | None, new: Evidence) -> Evidence:
    if known and replace(new, when=known.when) == known:
        return known
    return new
