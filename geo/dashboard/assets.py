"""The dashboard's own files: the page's style and icon, and what its components are made of."""

from pathlib import Path

FOLDER = Path(__file__).parent
ICON = FOLDER / "icon.png"


def page_style() -> str:
    """The style of the page around the map."""
    return _read("page.css")


def frame_style() -> str:
    """The style of the frame that holds the map."""
    return _read("map_frame.css")


def frame_script() -> str:
    """What mounts the map document and carries its messages."""
    return _read("components/map_frame.js")


def _read(name: str) -> str:
    return (FOLDER / name).read_text("utf-8")
