"""Map tiles from the network, for readers who ask for them."""

from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class OnlineTiles:
    """Map tiles of a server, for readers who have a network and switch them on.

    `url` holds {z}, {x} and {y}; `credit` is shown while the tiles are.
    """

    url: str
    credit: str
    max_zoom: int

    @property
    def origin(self) -> str:
        """What the page's policy has to allow: scheme, host and port."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"


# https://nasa-gibs.github.io/gibs-api-docs/: free to use, a credit is asked for; unlike the
# tiles of OpenStreetMap they do not need to be told which page asks, which a frame cannot tell.
RELIEF = OnlineTiles(
    url="https://gibs.earthdata.nasa.gov/wmts/epsg3857/best/ASTER_GDEM_Greyscale_Shaded_Relief"
    "/default//GoogleMapsCompatible_Level12/{z}/{y}/{x}.jpg",
    credit="Relief: NASA GIBS, ASTER GDEM",
    max_zoom=12,
)
