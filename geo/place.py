"""A place on somebody's road, as one row of the table tells it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from geo.dates import EdtfDate

Point = tuple[float, float]
"""(lat, lon) in decimal degrees, WGS 84."""

Role = Literal["stop", "passed-through", "expelled", "unreached", "acted-from-afar", "mentioned"]
ROLES: tuple[Role, ...] = get_args(Role)
ROUTE_ROLES: tuple[Role, ...] = ("stop", "passed-through", "expelled")
ROLE_WORDS: Mapping[Role, str] = {
    "stop": "was there",
    "passed-through": "passed through",
    "expelled": "was expelled",
    "unreached": "never reached",
    "acted-from-afar": "acted on from afar",
    "mentioned": "named, not visited",
}

Kind = Literal["site", "settlement", "island", "region", "country", "sea"]
KINDS: tuple[Kind, ...] = get_args(Kind)
POINT_KINDS: tuple[Kind, ...] = ("site", "settlement", "island")
AREA_KINDS: tuple[Kind, ...] = ("region", "country", "sea")


By = Literal["", "rail", "ship", "road", "sledge", "foot", "air"]
"""The main way in which he came to a place; empty where nobody tells."""
BYS: tuple[By, ...] = get_args(By)[1:]


@dataclass(frozen=True, slots=True)
class Waymark:
    """A point that the way to a place leads through, though he made no stay there.

    `by` is how he came to it, where that was another way than on the rest of the leg.
    """

    point: Point
    name: str = ""
    by: By = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """Where a text names the place: the text's key and its paragraph, counted from 1."""

    text: str
    paragraph: int


@dataclass(frozen=True, slots=True)
class Source:
    """What a date rests on: words, and an http or https address where there is one."""

    words: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """One stay in one place, or one mention of it.

    `latitude` and `longitude` are WGS 84 decimal degrees, both or neither; `line` is the row's
    first physical line in its file. `by`, `conveyance` and `via` tell how he came, from the stay
    before: the main way, the conveyance in words, and what points the way leads through.
    """

    line: int
    id: str
    place: str
    modern_name: str
    country: str
    kind: Kind
    role: Role
    phase: str
    arrived: EdtfDate | None
    departed: EdtfDate | None
    title: str
    story: str
    texts: tuple[Reference, ...]
    claim: str
    sources: tuple[Source, ...]
    latitude: float | None
    longitude: float | None
    located_by: str
    by: By = ""
    conveyance: str = ""
    via: tuple[Waymark, ...] = ()

    @property
    def on_route(self) -> bool:
        """Whether he was there."""
        return self.role in ROUTE_ROLES

    @property
    def how(self) -> str:
        """How he came, in words: `by the freighter Montserrat`; nothing where nobody tells."""
        if self.conveyance:
            return f"by {self.conveyance}"
        return "on foot" if self.by == "foot" else self.by and f"by {self.by}"

    @property
    def is_area(self) -> bool:
        """Whether it is drawn as an area, never as a point."""
        return self.kind in AREA_KINDS

    @property
    def point(self) -> Point | None:
        """Where it is, of an area where its label is; None where nobody has located it."""
        if self.latitude is None or self.longitude is None:
            return None
        return self.latitude, self.longitude
