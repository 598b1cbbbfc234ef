"""What a gazetteer answers: candidates for a name, and the rule by which one of them is chosen."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from geo.errors import GeocodingError, NotFound
from geo.place import AREA_KINDS, Point

Matched = Literal["name", "alternate", "historic", "guess"]

DOMINANT = 10
"""How many times the people of every other candidate the chosen one must have."""

_DROPPED = ("Mn", "Cf", "Cs")  # marks, invisible characters, halves of characters
_CLOSENESS: tuple[Matched, ...] = ("historic", "name", "alternate", "guess")
_SHOWN = 6
_UNDECOMPOSED = str.maketrans(
    {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe"}
    | dict.fromkeys("'’‘ʼʻ`´ʹ′.", "")
    | dict.fromkeys("-‐‑–—", " ")
)


def fold(name: str) -> str:
    """Return the form under which names are compared.

    Case, diacritics, apostrophes, dots and invisible characters are dropped; hyphens and runs
    of white space become one space: `Ust’-Kut` and `UST KUT` both give `ust kut`.
    """
    plain = name.translate(_UNDECOMPOSED).casefold()
    if not plain.isascii():
        # Twice, for taking a character apart may bring up capitals: ㏁ gives MΩ.
        spread = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", plain).casefold())
        plain = "".join(c for c in spread if unicodedata.category(c) not in _DROPPED)
    return " ".join(plain.translate(_UNDECOMPOSED).split())


@dataclass(frozen=True, slots=True)
class Candidate:
    """One place that was answered for a name.

    `latitude` and `longitude` are WGS 84 decimal degrees, `bounds` is
    (south, west, north, east) in the same, `country` an ISO 3166-1 alpha-2 code or None where
    the place lies in several countries or in none. `matched` says how it bears the name:
    as its own ("name"), as another ("alternate"), or because our table says so ("historic"); a
    "guess" does not bear it, a service only offers it.
    """

    name: str
    country: str | None
    kind: str
    latitude: float
    longitude: float
    authority: str
    population: int | None = None
    bounds: tuple[float, float, float, float] | None = None
    matched: Matched = "name"
    citation: str = ""

    @property
    def point(self) -> Point:
        """Where it is."""
        return self.latitude, self.longitude

    def in_words(self) -> str:
        """Return one line that tells this candidate from the others."""
        people = f", {self.population:,} people" if self.population else ""
        where = f"{self.latitude:.4f}, {self.longitude:.4f}"
        return (
            f"{self.name} ({self.country or '–'}, {self.kind}{people}) at {where}, {self.authority}"
        )


def by_fit(name: str, candidates: Iterable[Candidate], country: str | None) -> list[Candidate]:
    """Return the candidates for `name` in the order in which they are listed: best fit first.

    Places that our table cites for the name come first; then those that bear it as their own
    before those that bear it as another; then those that spell it as asked; then those in the
    `country` asked for before those in none; then areas before settlements; then those with
    more people.
    """

    def misfit(candidate: Candidate) -> tuple[int, bool, bool, bool, int]:
        return (
            _CLOSENESS.index(candidate.matched),
            candidate.name != name,
            candidate.country != country,
            candidate.kind not in AREA_KINDS,
            -(candidate.population or 0),
        )

    return sorted(candidates, key=misfit)


class Ambiguous(GeocodingError, LookupError):
    """The name fits several places; `candidates` lists them, none is chosen."""

    def __init__(self, message: str, candidates: Iterable[Candidate] = ()) -> None:
        """Keep the sentence for people and the candidates behind it."""
        super().__init__(message)
        self.candidates = tuple(candidates)


class Choice(NamedTuple):
    """The candidate chosen and, in words, why."""

    candidate: Candidate
    why: str


def choose(name: str, candidates: list[Candidate]) -> Choice:
    """Choose among the candidates for `name` that fit the country and kind asked for.

    The only one is chosen. Of several, all in one country, the one that our table of historic
    names cites is chosen; else the one that bears the name at least as closely as any other
    and has at least ten times the people of every other. Nothing else settles it: order
    never does, and an unknown population dominates nobody and is dominated by nobody. What
    does not bear the name is never chosen.

    Raises:
        NotFound: there are no candidates.
        Ambiguous: several fit and none dominates, or none bears the name; the error carries
            them all.
    """
    if not candidates:
        raise NotFound(f"{name!r} was not found.")
    offered, candidates = candidates, bearing(candidates)
    if not candidates:
        raise Ambiguous(_list(name, offered, ""), offered)
    if len(candidates) == 1:
        return Choice(candidates[0], "the only place found that bears the name")
    if len({c.country for c in candidates if c.country}) > 1:
        raise Ambiguous(_list(name, candidates, "write its country, or"), candidates)
    cited = [c for c in candidates if c.matched == "historic"]
    if len(cited) == 1:
        return Choice(cited[0], "our table of historic names cites it for this name")
    leader = max(candidates, key=lambda c: c.population or 0)
    others = [c for c in candidates if c is not leader]
    if cited or not all(_dominates(leader, other) for other in others):
        raise Ambiguous(_list(name, candidates, ""), candidates)
    return Choice(leader, f"has at least {DOMINANT} times the people of the other {len(others)}")


def bearing(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return those that bear the name that was asked for."""
    return [candidate for candidate in candidates if candidate.matched != "guess"]


def how_it_fits(candidates: Sequence[Candidate]) -> str:
    """Return how a name stands to what was answered for it, as in `fits 7 places`."""
    number, borne = len(candidates), len(bearing(candidates))
    if borne == number:
        return f"fits {number} place{'' if number == 1 else 's'}"
    if borne:
        return f"fits {borne} of the {number} places answered"
    if number == 1:
        return "is not borne by the one place answered"
    return f"is borne by none of the {number} places answered"


def _dominates(leader: Candidate, other: Candidate) -> bool:
    if not leader.population or not other.population:
        return False
    as_close = _CLOSENESS.index(leader.matched) <= _CLOSENESS.index(other.matched)
    return as_close and leader.population >= DOMINANT * other.population


def _list(name: str, candidates: list[Candidate], country_hint: str) -> str:
    shown = "; ".join(c.in_words() for c in candidates[:_SHOWN])
    rest = f"; and {len(candidates) - _SHOWN} more" if len(candidates) > _SHOWN else ""
    advice = f"{country_hint} write a fuller name, or the latitude, longitude and located_by of one"
    return f"{name!r} {how_it_fits(candidates)}: {shown}{rest}. To settle it {advice.strip()}."
