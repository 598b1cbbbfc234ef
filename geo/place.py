"""A place on somebody's road, as one row of the table tells it."""

from dataclasses import dataclass

from geo.dates import EdtfDate

ROLES = ("stop", "passed-through", "expelled", "unreached", "acted-from-afar", "mentioned")
ROLE_WORDS = {
    "stop": "was there",
    "passed-through": "passed through",
    "expelled": "was expelled",
    "unreached": "never reached",
    "acted-from-afar": "acted on from afar",
    "mentioned": "named, not visited",
}
ROUTE_ROLES = ("stop", "passed-through", "expelled")
KINDS = ("site", "settlement", "island", "region", "country", "sea")
POINT_KINDS = ("site", "settlement", "island")


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
    first physical line in its file.
    """

    line: int
    id: str
    place: str
    modern_name: str
    country: str
    kind: str
    role: str
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

    @property
    def on_route(self) -> bool:
        """Whether he was there."""
        return self.role in ROUTE_ROLES

    @property
    def is_area(self) -> bool:
        """Whether it is drawn as an area, never as a point."""
        return self.kind not in POINT_KINDS

    @property
    def point(self) -> tuple[float, float]:
        """(lat, lon), of an area's label where it is one."""
        return (self.latitude, self.longitude)
