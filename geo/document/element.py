"""folium's element: the map inside the page's own skeleton."""

import folium
from folium.template import Template

from geo.document.assets import skeleton


class JourneyMap(folium.Map):
    """folium's map inside the page's own skeleton; its template holds constants only."""

    default_js = ()
    default_css = ()
    _template = Template(
        "{% macro header(this, kwargs) %}"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<title>Journey map</title>"
        "<!-- styles -->"
        "{% endmacro %}"
        "{% macro html(this, kwargs) %}" + skeleton() + "<!-- data -->"
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
