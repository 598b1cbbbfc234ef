"""The page's own files, and Leaflet's: which there are, in what order, and what is in them."""

import re
from pathlib import Path

import js_lib_leaflet

PAGE = Path(__file__).parents[1] / "page"
LEAFLET = Path(js_lib_leaflet.__file__).parent / "static" / "js_lib_leaflet"
STYLES = ("tokens.css", "plate.css")
# The painter is at work before Leaflet and the rest of the page's scripts are read.
PAINTING = (
    "svg.js",
    "arcs.js",
    "states.js",
    "statesheet.js",
    "painter.js",
    "paintworker.js",
    "paintshop.js",
    "worldsheet.js",
    "opening.js",
)
SCRIPTS = (
    "dates.js",
    "itinerary.js",
    "ground.js",
    "stateslayer.js",
    "register.js",
    "areas.js",
    "onlinerelief.js",
    "road.js",
    "legname.js",
    "labels.js",
    "frame.js",
    "timebar.js",
    "card.js",
    "camera.js",
    "insets.js",
    "player.js",
    "dateentry.js",
    "layersmenu.js",
    "host.js",
    "plate.js",
)


def skeleton() -> str:
    """The HTML of the page's body."""
    return _read("plate.html")


def styles() -> list[str]:
    """The style sheets, in the order of the page."""
    leaflet = (LEAFLET / "leaflet.css").read_text("utf-8")
    return [_without_pictures(leaflet), *map(_read, STYLES)]


def scripts() -> list[str]:
    """The scripts, in the order of the page."""
    leaflet = (LEAFLET / "leaflet.js").read_text("utf-8")
    return [*map(_read, PAINTING), _without_source_map(leaflet), *map(_read, SCRIPTS)]


def _read(name: str) -> str:
    return (PAGE / name).read_text("utf-8")


def _without_pictures(style: str) -> str:
    """Leaflet's style sheet without its pictures, which the page does not use."""
    return re.sub(r"background-image:\s*url\([^)]*\);?", "", style)


def _without_source_map(script: str) -> str:
    return script.replace("//# sourceMappingURL=leaflet.js.map", "")
