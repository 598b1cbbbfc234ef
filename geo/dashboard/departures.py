"""Visitors who have left: what was kept for them is let go.

Streamlit keeps a page that lost its connection for two minutes, in case it comes back, and then
until the next one leaves; and what refers to itself, as a page does, waits for Python's collector.
"""

from collections.abc import Callable
from threading import Lock
from time import monotonic
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

PATIENCE = 60
"""Seconds for which a page that lost its connection is kept: less than Streamlit's 120."""

Page = TypeVar("Page")


class Departures(Generic[Page]):
    """Which pages are open, and which have been left for long enough to be let go.

    `is_open` tells whether a page has a connection, `close` ends one; `clock` tells seconds.
    """

    def __init__(
        self,
        is_open: Callable[[Page], bool],
        close: Callable[[Page], None],
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._is_open = is_open
        self._close = close
        self._clock = clock
        self._last_open: WeakKeyDictionary[Page, float] = WeakKeyDictionary()
        self._lock = Lock()

    def see(self, page: Page) -> None:
        """Remember a page that is open now."""
        with self._lock:
            self._last_open[page] = self._clock()

    def look(self) -> bool:
        """Close the pages that nobody has come back to, each once; tell whether there are any."""
        now = self._clock()
        with self._lock:
            for page in self._last_open:
                if self._is_open(page):
                    self._last_open[page] = now
            left = [page for page, last in self._last_open.items() if now - last >= PATIENCE]
            for page in left:
                del self._last_open[page]
        for page in left:
            self._close(page)
        return bool(left)
