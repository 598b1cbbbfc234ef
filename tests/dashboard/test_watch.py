"""Open pages are drawn anew when what they show of the files is no longer so."""

import gc

import pytest

from geo.dashboard.watch import Watch, file_stamps

BEFORE, AFTER = ((1, 1),), ((2, 1),)


class Page:
    """Something that is open."""


class Files:
    """Files in one state or another, and the pages that were asked to run."""

    def __init__(self):
        self.stamps = BEFORE
        self.asked = []
        self.somebody_looks = True
        self.watch = Watch(lambda: self.stamps, self.rerun)

    def rerun(self, page):
        if self.somebody_looks:
            self.asked.append(page)
        return self.somebody_looks


@pytest.fixture
def files():
    return Files()


def test_nobody_is_asked_while_nothing_changes(files):
    files.watch.show(Page(), BEFORE)
    files.watch.look()
    assert files.asked == []


def test_every_page_that_shows_another_state_is_asked_once(files):
    old, other, new = Page(), Page(), Page()
    for page, shown in ((old, BEFORE), (other, BEFORE), (new, AFTER)):
        files.watch.show(page, shown)
    files.stamps = AFTER
    files.watch.look()
    files.watch.look()
    assert files.asked == [old, other]


def test_a_page_that_lost_its_connection_is_asked_when_it_is_back(files):
    page = Page()
    files.watch.show(page, BEFORE)
    files.stamps, files.somebody_looks = AFTER, False
    files.watch.look()
    files.somebody_looks = True
    files.watch.look()
    assert files.asked == [page]


def test_a_page_that_has_ended_is_not_kept(files):
    page = Page()
    files.watch.show(page, BEFORE)
    del page
    gc.collect()
    files.stamps = AFTER
    files.watch.look()
    assert files.asked == []


def test_a_change_of_the_table_or_its_description_is_another_state(tmp_path):
    table = tmp_path / "places.csv"
    missing = file_stamps(table)
    table.write_text("id\n")
    bare = file_stamps(table)
    (tmp_path / "journey.toml").write_text("")
    assert len({missing, bare, file_stamps(table)}) == 3
