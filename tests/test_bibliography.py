"""The works that sources cite: what is read, and which work a citation means."""

import csv
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.bibliography import COLUMNS, Bibliography, Citation, Work, is_remark, read_works
from geo.errors import BibliographyError
from geo.loading import load_journey
from geo.place import Source

PLACES = Path(__file__).parents[1] / "data" / "places.csv"
HEADER = ",".join(COLUMNS)
LIFE = Work(("Trotsky, My Life",), "My Life")
LIES = Work(("Trotsky", "Bronstein, Letters"), "Letters")
LISTED = Bibliography([LIFE, LIES])


@pytest.fixture
def read(tmp_path):
    """A function that reads a bibliography of these lines."""

    def read(*lines: str):
        path = tmp_path / "bibliography.csv"
        path.write_text("\n".join(lines), encoding="utf-8")
        return read_works(path)

    return read


@pytest.mark.parametrize(
    ("words", "cited"),
    [
        ("Trotsky, My Life", Citation(LIFE, "")),
        ("Trotsky, My Life, ch. 42", Citation(LIFE, "ch. 42")),
        ("Trotsky, My Life, ch. 42, p. 7", Citation(LIFE, "ch. 42, p. 7")),
        ("Trotsky, My Lifetime", Citation(LIES, "My Lifetime")),
        ("Bronstein, Letters, 1", Citation(LIES, "1")),
    ],
)
def test_a_citation_is_of_the_work_that_shares_most_of_its_words(words, cited):
    assert LISTED.cited(Source(words)) == cited
    assert not LISTED.lacks(Source(words))


def test_a_citation_of_no_listed_work_is_told_and_of_what_it_begins_with():
    stranger = Source("Stranger, A Book, p. 3", "https://example.org")
    assert LISTED.lacks(stranger)
    assert LISTED.cited(stranger) == Citation(Work(("Stranger",), "Stranger"), "A Book, p. 3")
    assert not Bibliography().lacks(stranger)


def test_a_bare_address_is_cited_by_its_site():
    bare = Source("https://example.org/a,b", "https://example.org/a,b")
    assert Bibliography().cited(bare) == Citation(Work(("example.org",), "example.org"), "")


@pytest.mark.parametrize(
    "words",
    ["unsourced: the months", "weak: a blog", "sources differ on the day", "the day is inferred"],
)
def test_a_remark_is_no_citation(words):
    assert is_remark(Source(words))
    assert LISTED.cited(Source(words)) is None
    assert not LISTED.lacks(Source(words))


@given(st.text(min_size=1), st.booleans())
def test_whatever_is_cited_keeps_its_words(words, listed):
    bibliography = LISTED if listed else Bibliography()
    if cited := bibliography.cited(Source(words)):
        began = [begin for begin in cited.work.cited_as if words.startswith(begin)]
        assert began and words.endswith(cited.passage)


def test_a_bibliography_is_read(read):
    works = read(HEADER, '"A, B; C, D",study,A. Author,B,"Press, Town",1950,https://example.org')
    assert works == (
        Work(
            ("A, B", "C, D"),
            "B",
            "study",
            "A. Author",
            "Press, Town",
            "1950",
            "https://example.org",
        ),
    )


def test_no_file_is_no_works(tmp_path):
    assert read_works(tmp_path / "bibliography.csv") == ()


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([""], r"bibliography.csv: has other columns; begin it with the line cited_as,kind,"),
        (["title,year"], "has other columns"),
        ([HEADER, ",,,Title,,,"], r"csv:2: cited_as: is empty"),
        ([HEADER, "A,,,,,,"], r"csv:2: title: is empty"),
        ([HEADER, "A,,,T,,,ftp://x"], r'csv:2: url: "ftp://x" is no web address'),
        ([HEADER, "A,,,T,,,", "A,,,U,,,"], r'csv:3: cited_as: "A" stands for two works'),
        ([HEADER, "A,,,T,,,,"], r"csv:2: has a cell too many; put quotes"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(read, lines, told):
    with pytest.raises(BibliographyError, match=told):
        read(*lines)


# ---- the project's own


def test_every_citation_is_of_one_work_and_every_work_is_cited():
    loaded = load_journey(PLACES)
    works = loaded.description.works
    bibliography = Bibliography(works)
    sources = [source for place in loaded.table.places for source in place.sources]
    assert [source.words for source in sources if bibliography.lacks(source)] == []
    cited = {found.work for source in sources if (found := bibliography.cited(source))}
    assert cited == set(works)


def test_works_are_told_alike():
    with PLACES.with_name("bibliography.csv").open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    assert [row["cited_as"] for row in rows] == sorted(
        (row["cited_as"] for row in rows), key=lambda words: words.lower().replace("ø", "o")
    )
    kinds = "own writing|memoir|study|document|press|encyclopedia|archive|web page"
    for row in rows:
        assert re.fullmatch(kinds, row["kind"]), row["cited_as"]
        assert re.fullmatch(r"(\d{4}(–\d\d)?)?", row["year"]), row["cited_as"]


def test_a_citation_that_nobody_lists_is_a_warning(tmp_path):
    description = PLACES.with_name("journey.toml").read_text("utf-8")
    (tmp_path / "journey.toml").write_text(description, encoding="utf-8")
    places = tmp_path / "places.csv"
    places.write_text(
        'id,place,arrived,sources\nkyiv,Kiev,1905,"My Life, ch. 1; a rumour; unsourced: the day"\n'
    )
    assert load_journey(places).table.problems == ()
    (tmp_path / "bibliography.csv").write_text(f"{HEADER}\nMy Life,,,My Life,,,\n")
    (problem,) = load_journey(places).table.problems
    assert str(problem) == (
        'places.csv:2: warning: sources: "a rumour" cites no work of bibliography.csv; '
        "cite one as it stands there, or add the work"
    )
