"""The map document: one HTML page, built by folium, that asks the network for nothing."""

from geo.description import Description
from geo.document.data import journey_data
from geo.document.element import JourneyMap
from geo.document.tiles import OnlineTiles
from geo.journey.model import Journey


def build_document(
    journey: Journey, description: Description, online: OnlineTiles | None = None
) -> str:
    """The map document of a journey, as HTML text.

    Equal journeys give equal text, so that a frame holding it is not loaded anew. With `online`
    a reader may switch these tiles on, and the page's policy allows their server; without, the
    page can ask nobody for anything.
    """
    element = JourneyMap(journey_data(journey, description, online), online)
    return element.get_root().render()
