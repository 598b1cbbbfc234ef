"""Runs of the script take turns.

Python runs one thread at a time anyway. Sixty runs side by side would only hold each other up,
and with them the thread that sends to the browsers: one after another, each is done sooner.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_turn = Lock()


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Hold the turn while the block runs; nothing in it may wait for anything else."""
    with _turn:
        yield
