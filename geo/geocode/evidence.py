"""The evidence for each coordinate: what was asked, what was found, what was chosen and why."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import TypedDict, Unpack

from geopy.distance import great_circle

from geo.files import locked, replace_whole
from geo.geocode.candidates import Candidate, Choice
from geo.geocode.evidence_file import Evidence, Weighed, read_evidence
from geo.records import as_json

__all__ = ["Asked", "Evidence", "EvidenceStore", "Weighed", "explain", "weigh"]


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
            ReferenceDataError: the file holds something else; every problem is told.
        """
        try:
            return read_evidence(self._path)
        except FileNotFoundError:
            return {}

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
                plain = {name: asdict(evidence) for name, evidence in merged.items()}
                replace_whole(real, as_json(plain))


def _older(known: Evidence | None, new: Evidence) -> Evidence:
    if known and replace(new, when=known.when) == known:
        return known
    return new
