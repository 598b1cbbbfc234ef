"""The days of a journey in the page's address."""

from datetime import date

import pytest

from geo.dashboard.addresses import Addresses
from geo.journey.build import build_journey
from tests.builders import make_place

ROWS = [
    ("home", "1879-11-07", "1886~"),
    ("farm", "1886~", "1888~"),
    ("town", "1888-23", "1902-09-03"),
    ("road", "1902-09", ""),
    ("city", "1902-10-05", ""),
]


@pytest.fixture(scope="module")
def addresses():
    return Addresses(
        build_journey(
            make_place(arrived, departed, line=line, id=name, at=(50 + 2 * line, 30))
            for line, (name, arrived, departed) in enumerate(ROWS, start=1)
        )
    )


@pytest.mark.parametrize(
    ("day", "address"),
    [
        ("1885-12-31", {"date": "1885-12-31"}),
        ("1886-01-01", {"date": "about 1886", "stay": "home"}),
        ("1886-12-31", {"date": "about 1886", "stay": "farm"}),
        ("1887-01-01", {"date": "1887-01-01"}),
        ("1888-01-01", {"date": "about 1888", "stay": "farm"}),
        ("1888-11-30", {"date": "autumn 1888", "stay": "town"}),
        ("1888-12-01", {"date": "1888-12-01"}),
        ("1902-09-03", {"date": "1902-09-03"}),
        ("1902-09-30", {"date": "September 1902", "stay": "road"}),
        ("1902-10-01", {"date": "1902-10-01"}),
        ("1902-10-05", {"date": "1902-10-05"}),
    ],
)
def test_a_day_stands_by_its_date_where_the_record_is_sure(addresses, day, address):
    assert addresses.of(date.fromisoformat(day)) == address


@pytest.mark.parametrize(
    ("words", "stay", "year"),
    [
        ("about 1886", "home", 1886),
        ("About 1886", "farm", 1886),
        ("autumn 1888", "", 1888),
        ("autumn 1888", "home", None),
        ("about 1887", "farm", None),
        ("1887-01-01", "", None),
    ],
)
def test_words_lead_to_the_day_on_which_the_map_has_them(addresses, words, stay, year):
    day = addresses.day(words, stay)
    assert (day and day.year) == year
    if day and stay:
        assert addresses.of(day) == {"date": words.lower(), "stay": stay}
