"""Files on disk: an open page is drawn anew when the table, or what the page is built of, changes.

One thread looks at the files for all pages, and the server asks those that show another state of
them to run. A page that nobody touches asks nothing. The same thread sees who has left.
"""

from asyncio import Future
from collections.abc import Callable
from functools import cache
from pathlib import Path
from threading import Lock, Thread
from time import sleep
from typing import Generic, TypeVar, cast
from weakref import WeakKeyDictionary

from streamlit import runtime
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner import get_script_run_ctx

from geo.dashboard.departures import Departures
from geo.dashboard.memory import give_back_what_is_free
from geo.document.assets import stamps as page_stamps
from geo.loading import BIBLIOGRAPHY_NAME, DESCRIPTION_NAME
from geo.routes.route_file import routes_beside

INTERVAL = 1
"""Seconds between two looks at the files."""

Stamps = tuple[tuple[int, int], ...]
"""Time of change (ns) and size (bytes) of each file; zeros where it is not there."""

Page = TypeVar("Page")


def file_stamps(places: Path) -> Stamps:
    """What changes when the table, what stands beside it or the built page does."""
    named = (places.with_name(name) for name in (DESCRIPTION_NAME, BIBLIOGRAPHY_NAME))
    beside = (*named, routes_beside(places))
    return _stamp(places), *map(_stamp, beside), *page_stamps()


def _stamp(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError:
        return 0, 0
    return status.st_mtime_ns, status.st_size


def watch(places: Path, stamps: Stamps) -> None:
    """Have the page that is being run drawn anew when the files are no longer as `stamps` say."""
    context = get_script_run_ctx()
    session = runtime.get_instance().get_app_session(context.session_id) if context else None
    if session:
        files, departures = _watch_of(places)
        files.show(session, stamps)
        departures.see(session)


class Watch(Generic[Page]):
    """Which page shows which state of the files; a page that has ended is not kept.

    `rerun` asks a page to run and tells whether anybody still looks at it.
    """

    def __init__(self, look: Callable[[], Stamps], rerun: Callable[[Page], bool]) -> None:
        self._look = look
        self._rerun = rerun
        self._shown: WeakKeyDictionary[Page, Stamps] = WeakKeyDictionary()
        self._lock = Lock()

    def show(self, page: Page, stamps: Stamps) -> None:
        """Remember which state a page shows."""
        with self._lock:
            self._shown[page] = stamps

    def look(self) -> None:
        """Ask the pages that show another state than that on disk to run, each once."""
        stamps = self._look()
        with self._lock:
            stale = [page for page, shown in self._shown.items() if shown != stamps]
        for page in stale:
            if self._rerun(page):
                self.show(page, stamps)


_starting = Lock()


def _watch_of(places: Path) -> tuple[Watch[AppSession], Departures[AppSession]]:
    with _starting:  # The cache alone would let two first pages start a thread each.
        return _start_watch(places)


@cache
def _start_watch(places: Path) -> tuple[Watch[AppSession], Departures[AppSession]]:
    files = Watch(lambda: file_stamps(places), _rerun)
    departures = Departures(_is_active, _close)
    Thread(target=_look_forever, args=(files, departures), name="watch", daemon=True).start()
    return files, departures


def _look_forever(files: Watch[AppSession], departures: Departures[AppSession]) -> None:
    """Look at the files and at who has left, again and again."""
    some_left = False
    while True:
        files.look()
        if some_left:  # A look ago, so that the server has closed their pages by now.
            give_back_what_is_free()
        some_left = departures.look()
        sleep(INTERVAL)


def _is_active(session: AppSession) -> bool:
    """Whether somebody looks at a session's page."""
    return runtime.exists() and runtime.get_instance().is_active_session(session.id)


def _rerun(session: AppSession) -> bool:
    """Ask a session to run, on the thread of its server, the only one that may.

    Streamlit has no public way to do so from outside a script; this is the one that its own
    watcher of source files takes.
    """
    if not _is_active(session):
        return False
    _on_the_server(session.request_rerun, None)
    return True


def _close(session: AppSession) -> None:
    """Have the server let go of a session, unless somebody has come back to it meanwhile."""

    def close() -> None:
        if not _is_active(session):
            runtime.get_instance().close_session(session.id)

    if runtime.exists():
        _on_the_server(close)


def _on_the_server(call: Callable[..., None], *arguments: object) -> None:
    """Have the server's own thread call something; a future knows the loop it belongs to."""
    loop = cast("Future[None]", runtime.get_instance().stopped).get_loop()
    loop.call_soon_threadsafe(call, *arguments)
