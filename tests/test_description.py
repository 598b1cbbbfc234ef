"""journey.toml: what is read from it, and what its maintainer is told."""

import os
import re
import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.description import Description, Text, read_description
from geo.errors import DescriptionError

WHERE = re.compile(r"journey\.toml(:[0-9]+)?: \S")
JOURNEY = Path(__file__).parents[1] / "data" / "journey.toml"
GOOD = """
title = "A life"
subtitle = "in places"
captive_phases = ["gaol"]
[[texts]]
key = "a"
author = "B"
title = "C"
publication = "D"
date = "1 May 1900"
paragraphs = 3
"""


def written(folder: Path, content: str | bytes) -> Path:
    path = folder / "journey.toml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def complaint(folder: Path, content: str | bytes) -> str:
    with pytest.raises(DescriptionError) as caught:
        read_description(written(folder, content))
    return str(caught.value)


def test_the_journey_of_the_project_is_described():
    description = read_description(JOURNEY)
    assert description.title == "Leon Trotsky"
    assert description.captive_phases == ("prison and exile",)
    assert [(text.key, text.paragraphs) for text in description.texts] == [
        ("addison", 11),
        ("choonara", 79),
    ]


def test_every_key_arrives(tmp_path):
    assert read_description(written(tmp_path, GOOD)) == Description(
        "A life", "in places", (Text("a", "B", "C", "D", "1 May 1900", 3),), ("gaol",)
    )


def test_the_life_has_a_first_and_a_last_day(tmp_path):
    told = read_description(written(tmp_path, "life = [1879-11-07, 1940-08-21]\n" + GOOD))
    assert told.life == (date(1879, 11, 7), date(1940, 8, 21))
    assert read_description(written(tmp_path, GOOD)).life is None


@pytest.mark.parametrize(
    "life",
    [
        "1879",
        "[]",
        "[1879-11-07]",
        "[1940-08-21, 1879-11-07]",
        '["1879-11-07", "1940-08-21"]',
        "[1879-11-07, 1940-08-21T05:00:00]",
    ],
)
def test_any_other_life_is_refused(tmp_path, life):
    told = complaint(tmp_path, f"life = {life}\n" + GOOD)
    assert "is not two days in order; write it like [1879-11-07, 1940-08-21]" in told


def test_a_byte_order_mark_is_no_obstacle(tmp_path):
    assert read_description(written(tmp_path, b"\xef\xbb\xbf" + GOOD.encode())).title == "A life"


def test_a_journey_may_have_no_texts(tmp_path):
    assert read_description(written(tmp_path, GOOD.partition("[[texts]]")[0])).texts == ()


def test_a_missing_file_is_named_with_its_folder(tmp_path):
    with pytest.raises(DescriptionError, match=r"journey\.toml: there is no such file in .*write"):
        read_description(tmp_path / "journey.toml")


def test_a_folder_in_the_place_of_the_file_is_told_apart(tmp_path):
    with pytest.raises(DescriptionError, match="cannot be read"):
        read_description(tmp_path)


def test_bad_toml_is_located(tmp_path):
    message = complaint(tmp_path, 'title = "A life\n')
    assert message.startswith("journey.toml:1: is not TOML: ")


def test_another_encoding_is_named(tmp_path):
    bad = '# mine\ntitle = "Á"'.encode("latin-1")
    assert complaint(tmp_path, bad) == "journey.toml:2: is not UTF-8; save it as UTF-8"


def test_a_pipe_in_the_place_of_the_file_is_refused_at_once(tmp_path):
    os.mkfifo(tmp_path / "journey.toml")
    with pytest.raises(DescriptionError, match=r"journey\.toml: cannot be read: it is a pipe, not"):
        read_description(tmp_path / "journey.toml")


def test_a_description_that_is_too_large_is_refused(tmp_path):
    assert complaint(tmp_path, GOOD + "#" * 1_000_000) == (
        "journey.toml: is larger than 1 MB; leave texts out"
    )


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("x = " + "[" * 100_000, "journey.toml: is not TOML: maximum recursion depth exceeded"),
        ("x = " + "9" * 10_000, "journey.toml: is not TOML: Exceeds the limit"),
        (GOOD + "page = 0x" + "f" * 10_000, "page = a number of very many digits is not a known"),
        (GOOD + "page = '" + "f" * 10_000 + "'", "f… is not a known key"),
    ],
)
def test_values_beyond_measure_are_refused_in_words(tmp_path, content, told):
    assert told in complaint(tmp_path, content)


def test_a_problem_of_one_text_is_told_at_its_line(tmp_path):
    second = GOOD[GOOD.index("[[texts]]") :].replace('"a"', '"B 2"').replace("paragraphs = 3", "")
    assert complaint(tmp_path, GOOD + "# next\n" + second).splitlines() == [
        "journey.toml:13: [[texts]] no. 2: paragraphs is missing; write it like paragraphs = 79",
        "journey.toml:14: [[texts]] no. 2: key = 'B 2' cannot stand in a reference; write small "
        "letters a-z, digits, - and _",
    ]


@pytest.mark.parametrize(
    ("good", "bad", "message"),
    [
        ('title = "A life"', "title = 7", "title = 7 is not a text in quotes; write it like title"),
        ('title = "A life"', 'title = " "', "title = ' ' is not a text in quotes"),
        ('["gaol"]', '"gaol"', "captive_phases = 'gaol' is not a list of texts in quotes"),
        ('["gaol"]', "[1]", "captive_phases = [1] is not a list of texts in quotes"),
        ("paragraphs = 3", 'paragraphs = "3"', "[[texts]] no. 1: paragraphs = '3' is not a whole"),
        ("paragraphs = 3", "paragraphs = true", "paragraphs = True is not a whole number above 0"),
        ("paragraphs = 3", "paragraphs = 0", "paragraphs = 0 is not a whole number above 0"),
        ('author = "B"', 'auther = "B"', "[[texts]] no. 1: auther = 'B' is not a known key"),
        ('author = "B"', "", '[[texts]] no. 1: author is missing; write it like author = "Esme'),
        ('subtitle = "in places"', "", ": subtitle is missing"),
        ("[[texts]]", "[texts]", "is not a list of texts; begin each text with a line [[texts]]"),
    ],
)
def test_each_mistake_names_file_key_value_and_repair(tmp_path, good, bad, message):
    told = complaint(tmp_path, GOOD.replace(good, bad, 1))
    assert WHERE.match(told)
    assert message in told


def test_two_texts_with_one_key_are_refused(tmp_path):
    twice = GOOD + GOOD[GOOD.index("[[texts]]") :]
    assert "key = 'a' stands for 2 texts" in complaint(tmp_path, twice)


def test_all_problems_are_told_at_once(tmp_path):
    told = complaint(tmp_path, GOOD.replace('"A life"', "1").replace("= 3", "= -3") + "page = 1")
    assert [line.partition(" =")[0] for line in told.splitlines()] == [
        "journey.toml:2: title",
        "journey.toml:11: [[texts]] no. 1: paragraphs",
        "journey.toml:12: [[texts]] no. 1: page",
    ]


@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)))
def test_random_bytes_are_refused_in_words(tmp_path_factory, content):
    told = complaint(tmp_path_factory.getbasetemp(), content)
    assert WHERE.match(told)


KEYS = st.sampled_from([*tomllib.loads(GOOD), "other"])
VALUES = st.sampled_from(["1", '""', '"x"', '["x"]', "[]", "[1]", "true", "1.5", "{}", "[{}]"])


@given(st.dictionaries(KEYS, VALUES))
def test_random_tables_are_read_or_refused_in_words(tmp_path_factory, table):
    path = written(
        tmp_path_factory.getbasetemp(),
        "".join(f"{key} = {value}\n" for key, value in table.items()),
    )
    try:
        description = read_description(path)
    except DescriptionError as error:
        assert all(WHERE.match(line) for line in str(error).splitlines())
    else:
        assert description.title == "x"
