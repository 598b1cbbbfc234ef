"""The page's built files: `page/build.mjs` makes them from the sources in `page/`."""

from functools import lru_cache
from pathlib import Path

PAGE = Path(__file__).parent / "page"
NAMES = ("page.html", "page.css", "opening.js", "worker.js", "app.js")
Stamps = tuple[tuple[int, int], ...]


def skeleton() -> str:
    """The HTML of the page's body, without data and scripts."""
    return _read("page.html", stamps())


def style() -> str:
    """The style sheet, Leaflet's included."""
    return _read("page.css", stamps())


def opening_script() -> str:
    """The script that has the worker paint the first picture before the app is read."""
    return _read("opening.js", stamps())


def worker_script() -> str:
    """The script of the worker that paints the basemap."""
    return _read("worker.js", stamps())


def app_script() -> str:
    """The script that draws the journey, Leaflet included."""
    return _read("app.js", stamps())


def stamps() -> Stamps:
    """What changes when the page is built anew: times of change in ns and sizes in bytes."""
    states = [(PAGE / name).stat() for name in NAMES]
    return tuple((state.st_mtime_ns, state.st_size) for state in states)


@lru_cache(maxsize=2 * len(NAMES))
def _read(name: str, stamps: Stamps) -> str:
    del stamps  # the cache's key
    return (PAGE / name).read_text("utf-8").strip()
