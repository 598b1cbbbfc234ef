"""A journey by what it rests on: differences, paragraphs, citations and support."""

from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from geo.bibliography import Work
from geo.contents import citations, differences, namings, rows_in_order, supports
from geo.description import Text
from geo.journey.build import build_journey
from geo.loading import load_journey
from geo.place import Reference, Source
from tests.builders import make_place

PRIMER = Text("primer", "A. Author", "Primer", "Press", "1930", 3)
BOOK, OTHER, SHEET = (
    Work((n,), n, kind) for n, kind in zip("ABC", ("book", "book", "press"), strict=True)
)
WORKS = [BOOK, OTHER, SHEET]


def rows_of(*places):
    return rows_in_order(build_journey(places))


def sourced(*words):
    return make_place("1917", sources=tuple(Source(said) for said in words))


def test_rows_stand_by_their_first_day_and_undated_ones_last():
    rows = rows_of(
        make_place(place="Rumour", role="mentioned"),
        make_place("1903-05-01", place="Afar", role="acted-from-afar"),
        make_place("1930-01-01", place="Too late", role="mentioned"),
        make_place("1904-01-01", "1904-02-01", place="Geneva"),
        make_place("1902-01-01", "1902-02-01", place="London"),
    )
    assert [row.place.place for row in rows] == ["London", "Afar", "Geneva", "Rumour", "Too late"]
    assert [row.day and date.fromordinal(row.day).year for row in rows] == [
        1902, 1903, 1904, None, None,
    ]  # fmt: skip


def test_a_journey_without_a_road_has_rows_without_days():
    (row,) = rows_of(make_place("1903", role="mentioned"))
    assert row.day is None


def test_a_claim_is_what_the_text_says_and_behind_a_semicolon_the_record():
    (found,) = differences(rows_of(make_place("1917", claim="Primer ¶2 says May; it was June; so")))
    assert (found.said, found.recorded) == ("Primer ¶2 says May", "it was June; so")


def test_each_text_of_a_claim_is_a_difference_of_its_own():
    claim = "Primer ¶2 says St. Paul; it was May. Primer ¶3 and Other ¶1 say so"
    told = [
        (each.said, each.recorded) for each in differences(rows_of(make_place("1917", claim=claim)))
    ]
    assert told == [
        ("Primer ¶2 says St. Paul", "it was May"),
        ("Primer ¶3 and Other ¶1 say so", ""),
    ]


def test_a_row_without_a_claim_tells_of_no_difference():
    assert differences(rows_of(make_place("1917"))) == []


def test_every_paragraph_is_told_with_each_row_that_it_names():
    twice = make_place("1917", texts=(Reference("primer", 2), Reference("primer", 2)))
    other = make_place("1918", texts=(Reference("primer", 2), Reference("another", 1)))
    told = [(n.paragraph, n.row and n.row.place) for n in namings(PRIMER, rows_of(twice, other))]
    assert told == [(1, None), (2, twice), (2, other), (3, None)]


@given(st.lists(st.lists(st.integers(1, 3), max_size=4), max_size=5))
def test_paragraphs_and_rows_lead_to_each_other(paragraphs):
    rows = rows_of(
        *(
            make_place("1917", texts=tuple(Reference("primer", n) for n in own))
            for own in paragraphs
        )
    )
    found = namings(PRIMER, rows)
    assert {n.paragraph for n in found} == {1, 2, 3}
    there = {(n.paragraph, n.row.place.id) for n in found if n.row}
    back = {(ref.paragraph, row.place.id) for row in rows for ref in row.place.texts}
    assert there == back


def test_citations_stand_by_work_listed_ones_first():
    found = citations(rows_of(sourced("Z, 1", "C, p. 2"), sourced("A", "weak: x")), WORKS)
    assert [(each.citation.work.title, each.citation.passage) for each in found] == [
        ("A", ""),
        ("C", "p. 2"),
        ("Z", "1"),
    ]


def test_a_row_rests_on_nothing_one_work_one_kind_or_several():
    rows = rows_of(
        sourced("A, 1", "C"),
        sourced("A", "B"),
        sourced("A, 1", "A, 2"),
        sourced("unsourced: all"),
        sourced("Z", "Y"),
        make_place(role="mentioned"),
    )
    found = supports(rows, WORKS)
    assert [support.strength for support in found] == [0, 1, 2, 3, 3, 0]
    assert found[0].remarks == ("unsourced: all",)
    assert found[1].works == (BOOK,)
    assert found[3].kinds == ("book", "press")


# ---- the project's own


def test_every_claim_of_the_table_is_told_and_leads_to_a_day():
    loaded = load_journey(Path(__file__).parents[1] / "data" / "places.csv")
    rows = rows_in_order(loaded.journey)
    assert {row.place.id for row in rows} == {place.id for place in loaded.table.places}
    found = differences(rows)
    claims = {place.id for place in loaded.table.places if place.claim}
    assert {each.row.place.id for each in found} == claims
    assert all("¶" in each.said for each in found)
    assert [each.row.place.id for each in found if each.row.day is None] == ["obdorsk"]
    days = [each.row.day for each in found if each.row.day]
    assert days == sorted(days)
