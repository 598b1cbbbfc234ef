"""The map document: one HTML page, built by folium, that asks the network for nothing.

folium renders the page's skeleton, which holds constants only. Styles, scripts and data go
in afterwards, so that no text of a table ever passes through a template; the page's own
script puts the data on the page as text nodes.
"""

from collections.abc import Iterable
from functools import cache

from geo.description import Description
from geo.document.assets import scripts, styles
from geo.document.blocks import basemap_blocks, block, safe_json
from geo.document.data import journey_data
from geo.document.element import JourneyMap
from geo.document.policy import INLINE, content_security_policy
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
    page = _skeleton()
    page = INLINE.sub(lambda found: f"<{found[1]}>{found[2].strip()}</{found[1]}>", page)
    page = page.replace("<head>", f"<head>\n{content_security_policy(page, online)}", 1)
    data = block("journey-data", safe_json(journey_data(journey, description, online)))
    return page.replace("<!-- data -->", data + basemap_blocks(), 1)


@cache
def _skeleton() -> str:
    """The page without policy and data: what folium renders, with styles and scripts put in."""
    page = JourneyMap().get_root().render()
    page = page.replace("<html>", '<html lang="en" data-mode="overview">', 1)
    page = page.replace("<!-- styles -->", _inline("style", styles()), 1)
    return page.replace("<!-- scripts -->", _inline("script", scripts()), 1)


def _inline(tag: str, texts: Iterable[str]) -> str:
    return "\n".join(f"<{tag}>{text}</{tag}>" for text in texts)
