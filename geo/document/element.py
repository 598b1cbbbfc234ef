"""folium's element: the map as a document of its own, in which no text is ever a template.

folium and branca render what they are given as templates, and what comes out once more. A
`JourneyMap` is a `folium.Map` that adds finished texts to its figure instead: `Verbatim`
elements, which render as they are. The only template is the constant one of `DocumentFigure`.
"""

import json
from typing import Any

import folium
from branca.element import Element, Figure
from folium.template import Template

from geo.document import assets
from geo.document.blocks import basemap_blocks, block, safe_json
from geo.document.policy import content_security_policy
from geo.document.tiles import OnlineTiles

CENTER = (50.0, 20.0)
ZOOM = 3
OPTIONS: dict[str, Any] = {
    "zoomControl": False,
    "attributionControl": False,
    "fadeAnimation": False,
    "zoomSnap": 0,
    "zoomDelta": 0.5,
    "wheelPxPerZoomLevel": 90,
    "minZoom": 1,
    "maxZoom": 9,
}
"""Leaflet's options of the map; https://leafletjs.com/reference.html#map-option."""


class Verbatim(Element):
    """Text that is rendered as it is."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def render(self, **kwargs: Any) -> str:
        """Return the text."""
        return self._text


class DocumentFigure(Figure):
    """An HTML document of exactly what is added to its `header` and its `html`."""

    _template = Template(
        '<!DOCTYPE html>\n<html lang="en" data-mode="overview">\n'
        "<head>\n{{ this.header.render() }}\n</head>\n"
        "<body>\n{{ this.html.render() }}\n</body>\n</html>\n"
    )

    def __init__(self) -> None:
        super().__init__()
        for part in (self.header, self.html, self.script):
            part._children.clear()


class JourneyMap(folium.Map):
    """A journey's map and the page around it.

    `data` is what the page's script reads, in JSON's types. With `online` the page's policy
    allows the server of these tiles.
    """

    def __init__(self, data: dict[str, Any], online: OnlineTiles | None = None) -> None:
        super().__init__(location=CENTER, zoom_start=ZOOM, tiles=None)
        self.options = OPTIONS | {"center": CENTER, "zoom": ZOOM}
        self._data = data
        self._online = online
        self._figure = DocumentFigure()
        self._figure.add_child(self)

    def render(self, **kwargs: Any) -> str:
        """Put the page into the figure, which renders it: here is nothing left to say."""
        for number, text in enumerate(self._head()):
            self._figure.header.add_child(Verbatim(text), name=f"head-{number}")
        for number, text in enumerate(self._body()):
            self._figure.html.add_child(Verbatim(text), name=f"body-{number}")
        return ""

    def _head(self) -> list[str]:
        scripts = [assets.opening_script(), assets.worker_script(), assets.app_script()]
        style = assets.style()
        return [
            '<meta charset="utf-8">',
            content_security_policy(scripts, [style], self._online),
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            "<title>Journey map</title>",
            f"<style>{style}</style>",
        ]

    def _body(self) -> list[str]:
        return [
            assets.skeleton(),
            block("journey-data", safe_json(self._data)),
            block("map-options", json.dumps(self.options)),
            *basemap_blocks(),
            # A block until the page hands it to a worker.
            f'<script type="text/plain" id="worker-script">{assets.worker_script()}</script>',
            f"<script>{assets.opening_script()}</script>",
            f"<script>{assets.app_script()}</script>",
        ]
