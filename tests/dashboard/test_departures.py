"""What is kept for a visitor who has left is let go."""

import gc

import pytest

from geo.dashboard.departures import PATIENCE, Departures


class Page:
    """Something that was opened."""


class Visitors:
    """Pages that are open or not, those that were closed, and a clock that is set by hand."""

    def __init__(self):
        self.now = 0.0
        self.open = set()
        self.closed = []
        self.departures = Departures(
            lambda page: page in self.open, self.closed.append, lambda: self.now
        )

    def come(self):
        page = Page()
        self.open.add(page)
        self.departures.see(page)
        return page

    def after(self, seconds):
        self.now += seconds
        return self.departures.look()


@pytest.fixture
def visitors():
    return Visitors()


def test_a_page_that_stays_open_is_kept_however_long(visitors):
    visitors.come()
    assert not visitors.after(10 * PATIENCE)
    assert not visitors.after(10 * PATIENCE)
    assert visitors.closed == []


def test_a_page_that_was_left_is_closed_once_and_not_at_once(visitors):
    page, other = visitors.come(), visitors.come()
    visitors.after(5)
    visitors.open.remove(page)
    assert not visitors.after(PATIENCE - 1)
    assert visitors.after(1)
    assert not visitors.after(PATIENCE)
    assert visitors.closed == [page]
    assert other in visitors.open


def test_who_comes_back_in_time_is_not_closed(visitors):
    page = visitors.come()
    visitors.open.remove(page)
    visitors.after(PATIENCE - 1)
    visitors.open.add(page)
    visitors.after(1)
    visitors.open.remove(page)
    assert not visitors.after(PATIENCE - 1)
    assert visitors.closed == []


def test_a_page_that_has_ended_is_not_held(visitors):
    page = visitors.come()
    visitors.open.remove(page)
    del page
    gc.collect()
    assert not visitors.after(PATIENCE)
    assert visitors.closed == []
