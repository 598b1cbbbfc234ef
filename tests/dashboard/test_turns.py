"""Runs of the script take turns."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, BrokenBarrierError

import pytest

from geo.dashboard.turns import one_at_a_time


def test_no_two_runs_are_at_work_at_once():
    both = Barrier(2)

    def run() -> None:
        with one_at_a_time():
            both.wait(timeout=0.1)

    with ThreadPoolExecutor(2) as threads:
        for done in [threads.submit(run), threads.submit(run)]:
            with pytest.raises(BrokenBarrierError):
                done.result()


def test_a_run_that_fails_gives_its_turn_back():
    with pytest.raises(ZeroDivisionError), one_at_a_time():
        raise ZeroDivisionError
    with one_at_a_time():
        pass
