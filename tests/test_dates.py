"""Dates: what is understood, what is refused with which repair, and how they are said."""

from datetime import date, timedelta

import pytest
from edtf import parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.dates import EdtfDate, in_words, old_style, parse, span_in_words, years_perhaps_meant
from geo.errors import DateError

UNHURRIED = settings(deadline=None)  # a busy machine is no failure

YEARS = st.integers(1, 2100).map("{:04}".format)
QUALIFIERS = st.sampled_from(["", "~", "?", "%"])
DAYS = st.dates(date(1, 1, 1), date(2100, 12, 31))


@st.composite
def edtf_dates(draw):
    """Every form of the subset, winter apart (see `test_winter_runs_into_the_next_year`)."""
    year, qualifier, month = draw(YEARS), draw(QUALIFIERS), draw(st.integers(1, 12))
    day = draw(DAYS).isoformat()
    qualified = [form + qualifier for form in (year, f"{year}-{month:02}", day)]
    season = f"{year}-{draw(st.integers(21, 23))}"
    unspecified = [f"{year[:3]}X", f"{year}-XX", f"{year}-{month:02}-XX"]
    return draw(st.sampled_from([*qualified, season, *unspecified]))


@UNHURRIED
@given(edtf_dates().filter(lambda text: text[:4] not in ("000X", "210X")))
def test_every_form_means_the_days_that_the_edtf_library_gives_it(text):
    ours, theirs = parse(text), parse_edtf(text)
    assert ours.text == text
    assert ours.earliest.timetuple()[:3] == theirs.lower_strict()[:3]
    assert ours.latest.timetuple()[:3] == theirs.upper_strict()[:3]
    assert ours.approximate == text.endswith(("~", "%"))
    assert ours.uncertain == text.endswith(("?", "%"))


@pytest.mark.parametrize(
    ("text", "last"), [("1888-24", date(1889, 2, 28)), ("1903-24", date(1904, 2, 29))]
)
def test_winter_runs_into_the_next_year(text, last):
    assert parse(text).earliest == date(int(text[:4]), 12, 1)
    assert parse(text).latest == last


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("1917-05-17", "day"),
        ("1917-05", "month"),
        ("1917-05-XX", "month"),
        ("1888-23", "season"),
        ("1902~", "year"),
        ("1917-XX", "year"),
        ("190X", "decade"),
    ],
)
def test_precision_is_what_is_known(text, precision):
    assert parse(text).precision == precision


@pytest.mark.parametrize(
    ("written", "edtf"),
    [
        ("17 May 1917", "1917-05-17"),
        ("17th may 1917", "1917-05-17"),
        ("May 17, 1917", "1917-05-17"),
        ("Sept. 1902", "1902-09"),
        ("17/05/1917", "1917-05-17"),
        ("5/17/1917", "1917-05-17"),
        ("17.5.1917", "1917-05-17"),
        ("12/12/1917", "1917-12-12"),
        ("05/1917", "1917-05"),
        ("1917-5-7", "1917-05-07"),
        ("1917/05/17", "1917-05-17"),
        ("1917‑05‑17", "1917-05-17"),
        ("1917-05-17 00:00:00", "1917-05-17"),
        ("1917-05-17T00:00", "1917-05-17"),
        ("1917-05-17 0:00", "1917-05-17"),
        ("17/05/1917 0:00:00", "1917-05-17"),
        ("5/17/1917 12:00:00 AM", "1917-05-17"),
        ("autumn 1888", "1888-23"),
        ("about 1902", "1902~"),
        ("c. 1902", "1902~"),
        ("ca 1902", "1902~"),
        ("perhaps May 1917", "1917-05?"),
        ("190x", "190X"),
    ],
)
def test_what_cannot_be_misread_is_understood(written, edtf):
    assert parse(written).text == edtf


@pytest.mark.parametrize(
    ("written", "reason", "repair"),
    [
        ("30/2/1917", "names a day that February 1917 does not have", "1917-02-28 or 1917-02"),
        ("1917-02-30", "names a day that February 1917 does not have", "1917-02-28 or 1917-02"),
        ("1900-02-29", "names a day that February 1900 does not have", "1900-02-28"),
        ("1917-05-00", "names a day that May 1917 does not have", "write 1917-05"),
        ("03/04/1917", "two ways", "1917-04-03 or 1917-03-04"),
        ("14/15/1917", "is not a date", "1917-05-17"),
        ("9999-12-31", "no end", "leave the cell empty"),
        ("-0043", "before the year 1", "0001 to 2100"),
        ("44 BC", "before the year 1", "0001 to 2100"),
        ("0000", "before the year 1", "0001 to 2100"),
        ("6347", "later than the year 2100", "serial number it is 1917-05-17"),
        ("217X", "later than the year 2100", "fix the year"),
        ("06347", "serial number", "write 1917-05-17"),
        ("14815.0", "serial number", "write 1940-07-23"),
        ("17/5/17", "two digits", "year-month-day"),
        ("1917/1918", "span", "`arrived`"),
        ("1888–1896", "span", "`departed`"),
        ("1917-05-17/1917-08", "span", "`arrived`"),
        ("May to June 1917", "is not a date", "1917-05"),
        ("1888 to 1896", "span", "`arrived`"),
        ("1917/..", "span", "`arrived`"),
        ("1917-18", "no month 18", "1917 as arrived, 1918 as departed"),
        ("1917-17-05", "no month 17", "write 1917-05-17"),
        ("1917-00", "no month 00", "01 to 12"),
        ("1917-24-01", "no month 24", "1917-01-24"),
        ("1917-XX-17", "day but no month", "1917"),
        ("190X-05", "is not a date", "1917-05"),
        ("winter 1907", "may begin or end in that year", "1906-24 or 1907-24"),
        ("1917-05T00:00", "time of day without its day", "1917-05-17"),
        ("1917-05-17 0:01", "is not a date", "1917-05-17"),
        ("1917-05-17T23:59", "is not a date", "1917-05-17"),
        ("yesterday", "is not a date", "1917-05-17"),
        ("", "is empty", "1917-05-17"),
        ("1" * 1000, "too long", "1917-05-17"),
    ],
)
def test_what_is_refused_comes_with_its_repair(written, reason, repair):
    with pytest.raises(DateError) as caught:
        parse(written)
    assert reason in caught.value.reason
    assert repair in caught.value.repair
    assert caught.value.value[:39] in str(caught.value)


@pytest.mark.parametrize(
    ("written", "years"),
    [
        ("1920-24", (1920, 1924)),
        ("1920-21", (1920, 1921)),
        ("1923-24", (1923, 1924)),
        ("1924-24", None),
        ("1888-23", None),
        ("1920-24~", None),
        ("1920-24?", None),
        ("1920-12", None),
        ("1920", None),
    ],
)
def test_a_season_of_an_early_year_may_be_meant_for_a_span_of_years(written, years):
    assert years_perhaps_meant(parse(written)) == years


@UNHURRIED
@given(st.text() | st.from_regex(r"[0-9X/.~?% a-z-]{1,20}", fullmatch=True))
def test_any_text_is_a_date_or_a_date_error(text):
    try:
        read = parse(text)
    except DateError as error:
        assert error.reason
        assert error.repair
    else:
        assert read.earliest <= read.latest
        assert parse(read.text) == read


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1917-05-17", "17 May 1917"),
        ("1917-05", "May 1917"),
        ("1888-23", "autumn 1888"),
        ("1888-24", "winter 1888–89"),
        ("1899-24", "winter 1899–1900"),
        ("1902~", "about 1902"),
        ("1907?", "perhaps 1907"),
        ("1907-05%", "perhaps about May 1907"),
        ("190X", "the 1900s"),
        ("1917-XX", "1917"),
        ("0954", "954"),
    ],
)
def test_a_date_is_said_in_british_words(text, words):
    assert in_words(parse(text)) == words


@pytest.mark.parametrize(
    ("arrived", "departed", "words"),
    [
        ("1917-05-17", "1917-08-05", "17 May – 5 August 1917"),
        ("1917-05-17", "1917-05-20", "17–20 May 1917"),
        ("1917-05-17", "1917-05-17", "17 May 1917"),
        ("1916-12-24", "1917-01-13", "24 December 1916 – 13 January 1917"),
        ("1917-05", "1917-08", "May–August 1917"),
        ("1917-05-17", "1917-08", "17 May – August 1917"),
        ("1888-23", "1896", "autumn 1888 – 1896"),
        ("1888-24", "1889-21", "winter 1888–89 – spring 1889"),
        ("1905-21", "1905-23", "spring–autumn 1905"),
        ("1907", "1914", "1907–1914"),
        ("1917-05~", "1917-08", "about May 1917 – August 1917"),
        ("1918-10-05", "1918-10", "5 October 1918 – later that month"),
        ("1924-01-21", "1924-01~", "21 January 1924 – perhaps later that month"),
        ("1917-05-17", "1917", "17 May 1917 – later that year"),
        ("1917-05", "1917-05-17", "May – 17 May 1917"),
        ("1933-10~", "1933-10", "about October 1933"),
        ("1888-10", "1888-23", "October 1888 – later that season"),
        ("1917-05", None, "May 1917"),
        (None, "1917-05", "May 1917"),
        (None, None, ""),
    ],
)
def test_a_span_says_once_what_its_ends_share(arrived, departed, words):
    assert span_in_words(arrived and parse(arrived), departed and parse(departed)) == words


@UNHURRIED
@given(DAYS, DAYS)
def test_a_span_of_days_names_both_of_them(one, other):
    first, last = sorted((one, other))
    words = span_in_words(parse(first.isoformat()), parse(last.isoformat()))
    assert str(first.day) in words
    assert words.endswith(in_words(parse(last.isoformat()))) or first.month == last.month


@pytest.mark.parametrize(
    ("new_style", "julian"),
    [
        (date(1879, 11, 7), (1879, 10, 26)),
        (date(1917, 11, 7), (1917, 10, 25)),
        (date(1900, 2, 28), (1900, 2, 16)),
        (date(1900, 3, 13), (1900, 2, 29)),
        (date(1900, 3, 14), (1900, 3, 1)),
        (date(1918, 2, 14), (1918, 2, 1)),
        (date(1582, 10, 15), (1582, 10, 5)),
    ],
)
def test_old_style_is_the_julian_day(new_style, julian):
    assert old_style(new_style) == julian


@UNHURRIED
@given(st.dates(date(1900, 3, 14), date(2100, 2, 28)))
def test_old_style_is_thirteen_days_behind_in_the_twentieth_century(day):
    assert date(*old_style(day)) == day - timedelta(days=13)


def test_only_a_day_without_doubt_is_exact():
    assert parse("1917-05-17").exact
    assert not parse("1917-05-17~").exact
    assert not parse("1917-05").exact
    assert isinstance(parse("1917"), EdtfDate)
