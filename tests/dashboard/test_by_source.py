"""The contents of a journey by source, as the tables that the dashboard shows."""

from geo.bibliography import Work
from geo.dashboard.by_source import NO_PLACE, BySource
from geo.journey.build import build_journey
from geo.place import Reference, Source
from tests.builders import make_description, make_place

BOOK = Work(("Author, Book",), "Book", "study", "A. Author", "Press", "1930", "https://example.org")
PAGE = Source("Page, on Paris", "https://example.com/paris")
PARIS = make_place(
    "1902-11-01",
    "1902-11-20",
    place="Paris",
    texts=(Reference("primer", 3),),
    claim="Primer ¶3 says May; it was November",
    sources=(Source("Author, Book, ch. 2"), PAGE, Source("weak: all")),
)
LONDON = make_place("1902-12-01", place="London", sources=(Source("Author, Book, ch. 3"),))
OSLO = make_place(place="Oslo", role="mentioned", texts=(Reference("primer", 3),))


def contents(*places, **described):
    return BySource.of(build_journey(places), make_description(**described))


FOUND = contents(LONDON, PARIS, OSLO, works=(BOOK,))


def test_a_difference_leads_to_its_day():
    assert FOUND.differences.days == ("1902-11-01",)
    assert FOUND.differences.table.to_dict("records") == [
        {
            "Place": "Paris",
            "What the text says": "Primer ¶3 says May",
            "What the record says": "it was November",
            "Dates": "1–20 November 1902",
            "Sources": "Author, Book, ch. 2; Page, on Paris",
        }
    ]


def test_every_paragraph_stands_there_and_leads_to_its_rows_days():
    ((text, paragraphs),) = FOUND.texts
    assert text.key == "primer"
    assert list(paragraphs.table["Paragraph"]) == [1, 2, 3, 3, 4, 5, 6, 7, 8, 9]
    assert list(paragraphs.table["Place"][:4]) == [NO_PLACE, NO_PLACE, "Paris", "Oslo"]
    assert paragraphs.days[:4] == (None, None, "1902-11-01", None)


def test_a_work_is_told_with_its_citations():
    sources = FOUND.sources
    assert list(sources.works["Title"]) == ["Book", "Page"]
    assert list(sources.works["Published"]) == ["Press, 1930", ""]
    assert list(sources.works["Rows"]) == [2, 1]
    alone = sources.citations.only(sources.cited_by[0])
    assert list(alone.table["Passage"]) == ["ch. 2", "ch. 3"]
    assert alone.days == ("1902-11-01", "1902-12-01")


def test_each_row_tells_what_it_rests_on():
    supports = FOUND.sources.supports.table
    assert list(supports["Place"]) == ["London", "Paris", "Oslo"]
    assert list(supports["Rests on"]) == [
        "one source: study",
        "several sources: study",
        "no source",
    ]
    assert list(supports["Remarks"]) == ["", "weak: all", ""]
    assert FOUND.sources.counts == {0: 1, 1: 1, 3: 1}


def test_works_that_nobody_lists_have_no_empty_columns():
    assert list(contents(PARIS).sources.works.columns) == ["Title", "Rows"]


def test_an_empty_journey_has_empty_tables():
    empty = contents()
    assert empty.differences.days == ()
    assert empty.sources.works.empty
    assert empty.sources.supports.days == ()
