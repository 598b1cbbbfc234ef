"""Data inside the page: JSON that is inert in HTML, and the basemap that every page holds."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from geo.borders.status import statuses_for_page

DATA = Path(__file__).parents[1] / "data"
# What must not appear as itself inside the page's data: `<` could end the script element,
# `{` could begin a template's expression, and the separators end a line of script.
UNSAFE = {ord(char): f"\\u{ord(char):04x}" for char in "<>&{\u2028\u2029"}
STRING = re.compile(r'"(?:[^"\\]|\\.)*"')


def block(name: str, text: str) -> str:
    """A data block of the page: JSON text under an id."""
    return f'<script type="application/json" id="{name}">{text}</script>'


def safe_json(value: Any) -> str:
    """JSON that is inert inside an HTML page: no string of it holds markup or a template."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return STRING.sub(lambda string: string[0].translate(UNSAFE), text)


@cache
def basemap_blocks() -> tuple[str, str]:
    """The blocks that are the same for every journey: waters, and land with who held it."""
    return block("basemap-data", _basemap()), block("polities-data", _polities())


def _basemap() -> str:
    """Lakes, rivers and waters' names; the land is the polities' own, so it is left out."""
    return safe_json(without_countries(json.loads((DATA / "basemap.json").read_text("utf-8"))))


def _polities() -> str:
    """Land in pieces with the timeline of each; the sources, which Python tells, are left out."""
    layer = json.loads((DATA / "polities.json").read_text("utf-8"))
    del layer["sources"]
    return safe_json(layer | {"statuses": statuses_for_page()})


def without_countries(basemap: dict[str, Any]) -> dict[str, Any]:
    """The basemap without its countries and the arcs that only they use."""
    objects = {name: basemap["objects"][name] for name in ("lakes", "rivers")}
    numbers: dict[int, int] = {}

    def renumbered(arcs: Any) -> Any:
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
