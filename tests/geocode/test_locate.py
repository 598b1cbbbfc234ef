import json
import os
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import given
from hypothesis import strategies as st

from geo import files
from geo.errors import (
    GarbledAnswer,
    GeocodingError,
    NotFound,
    RateLimited,
    Refused,
    TimedOut,
    Unreachable,
)
from geo.geocode.candidates import Ambiguous, Candidate
from geo.geocode.checks import Outlines, misnamed, outside_country
from geo.geocode.evidence import EvidenceStore, explain
from geo.geocode.gazetteer import Gazetteer
from geo.geocode.keeping import evidence_beside, keep
from geo.geocode.locate import Located, locate, locate_places, moved, needs_locating
from geo.table.reader import read_places
from tests.builders import make_place


def make_row(id="odessa-1888", place="Odessa", modern_name="Odesa", **fields):
    """Odessa, in Ukraine, but for what a test names."""
    plain = {"country": "UA", "at": (None, None), "located_by": ""}
    return make_place(id=id, place=place, modern_name=modern_name, **plain | fields)


ODESA = Candidate(
    "Odesa", "UA", "settlement", 46.485722, 30.743831, "geonames:698740", 1_010_537, citation="GN"
)
HAMLET = replace(ODESA, latitude=47.5, authority="geonames:2", population=90)
TEXAS = replace(ODESA, country="US", latitude=31.8, longitude=-102.3, authority="geonames:3")
KHERSON = replace(ODESA, name="Kherson", latitude=46.6, longitude=32.6, authority="geonames:706448")


@dataclass
class Known:
    """A geocoder that knows a few names, fails on others and keeps what it was asked."""

    names: dict
    asked: list = field(default_factory=list)
    keys: list = field(default_factory=list)

    def find(self, name, *, country, kind):
        self.asked.append((name, country, kind))
        answer = self.names.get(name, [])
        if isinstance(answer, Exception):
            raise answer
        return answer

    def entry(self, authority):
        return next((place for place in self.keys if place.authority == authority), None)


def today():
    return date(2026, 5, 17)


def test_locates_by_the_name_of_the_time():
    geocoder = Known({"Odessa": [ODESA], "Odesa": [TEXAS]})
    located = locate(make_row(), geocoder, today=today)
    assert located.point == (46.4857, 30.7438)
    assert located.located_by == "geonames:698740"
    assert geocoder.asked == [("Odessa", "UA", "settlement")]
    assert located.evidence.column == "place"
    assert located.evidence.when == "2026-05-17"


def test_falls_back_to_the_modern_name_and_says_so():
    geocoder = Known({"Odesa": [ODESA]})
    evidence = locate(make_row(), geocoder, today=today).evidence
    assert (evidence.query, evidence.column) == ("Odesa", "modern_name")
    assert [name for name, *_ in geocoder.asked] == ["Odessa", "Odesa"]


def test_a_key_that_somebody_wrote_is_the_answer_and_the_name_is_not_asked_for():
    geocoder = Known({"Odessa": [ODESA]}, keys=[KHERSON])
    row = make_row(located_by=KHERSON.authority)
    located = locate(row, geocoder, today=today)
    assert (located.point, located.located_by) == ((46.6, 32.6), "geonames:706448")
    evidence = located.evidence
    assert (evidence.query, evidence.column) == ("geonames:706448", "located_by")
    assert evidence.why == "the row's own located_by names it"
    assert [weighed.name for weighed in evidence.candidates] == ["Kherson"]
    assert geocoder.asked == []


@pytest.mark.parametrize(
    ("located_by", "told"),
    [
        (
            "geonames:1",
            "odessa-1888 (line 2): located_by: 'geonames:1' is no place that the gazetteer knows. "
            "Write its latitude and longitude, or empty located_by to have the name looked up.",
        ),
        (
            "geonames:3",
            "odessa-1888 (line 2): located_by: 'geonames:3' is Odesa in US, not in UA. "
            "Correct located_by or country.",
        ),
    ],
)
def test_a_key_that_cannot_be_taken_is_told_and_not_replaced(located_by, told):
    geocoder = Known({"Odessa": [ODESA]}, keys=[TEXAS])
    with pytest.raises(NotFound) as caught:
        locate(make_row(located_by=located_by, line=2), geocoder, today=today)
    assert str(caught.value) == told
    assert geocoder.asked == []


def test_an_ambiguous_name_is_not_settled_by_the_modern_one():
    geocoder = Known({"Odessa": [ODESA, TEXAS], "Odesa": [ODESA]})
    with pytest.raises(Ambiguous) as caught:
        locate(make_row(country=""), geocoder, today=today)
    assert caught.value.candidates == (ODESA, TEXAS)


def test_not_found_names_the_row_and_what_to_do():
    with pytest.raises(NotFound) as caught:
        locate(make_row(), Known({}), today=today)
    message = str(caught.value)
    assert all(
        part in message for part in ("odessa-1888", "'Odessa'", "'Odesa'", "UA", "modern_name")
    )


def test_a_country_that_is_empty_is_not_asked_for():
    geocoder = Known({"Odessa": [ODESA]})
    locate(make_row(country=""), geocoder, today=today)
    assert geocoder.asked == [("Odessa", None, "settlement")]


@pytest.mark.parametrize("point", [(0.0, 0.0), (0.00001, -0.00001), (float("nan"), 30.0)])
def test_no_answer_without_coordinates_is_ever_taken(point):
    nowhere = replace(ODESA, latitude=point[0], longitude=point[1])

    class Broken:
        def find(self, *args, **hints):
            return [nowhere]

    with pytest.raises(GarbledAnswer):
        locate(make_row(), Broken(), today=today)


def test_only_rows_without_coordinates_are_asked_for():
    rows = [
        make_row(),
        make_row(id="b", at=(1.0, 2.0)),
        make_row(id="c", at=(1.0, None)),
    ]
    geocoder = Known({"Odessa": [ODESA]})
    results = locate_places(rows, geocoder, today=today)
    assert [row.id for row, _ in results] == ["odessa-1888", "c"]
    assert [needs_locating(row) for row in rows] == [True, False, True]


def test_a_second_run_asks_nothing():
    geocoder = Known({"Odessa": [ODESA]})
    ((row, located),) = locate_places([make_row()], geocoder, today=today)
    assert locate_places([moved(row, located)], geocoder, today=today) == []
    assert len(geocoder.asked) == 1


def test_one_failure_does_not_stop_the_rest():
    rows = [
        make_row("a", "Nowhere", ""),
        make_row("b", "Odessa"),
        make_row("c", "Everywhere"),
        make_row("d", "Slow"),
        make_row("e", "Odessa"),
    ]
    geocoder = Known({"Odessa": [ODESA], "Everywhere": [ODESA, TEXAS], "Slow": TimedOut("slow")})
    kinds = [type(result) for _, result in locate_places(rows, geocoder, today=today)]
    assert kinds == [NotFound, Located, Ambiguous, TimedOut, Located]


@pytest.mark.parametrize(
    "failure", [Refused("no"), RateLimited("slow down", 7), Unreachable("off")]
)
def test_a_service_that_fails_is_not_asked_again(failure):
    rows = [make_row("a"), make_row("b", "Kherson"), make_row("c")]
    geocoder = Known({"Odessa": [ODESA], "Kherson": failure})
    results = [result for _, result in locate_places(rows, geocoder, today=today)]
    assert isinstance(results[0], Located)
    assert results[1:] == [failure, failure]
    assert len(geocoder.asked) == 2


def test_an_error_that_is_no_answer_is_not_swallowed():
    with pytest.raises(ZeroDivisionError):
        locate_places([make_row()], Known({"Odessa": ZeroDivisionError()}), today=today)


def test_progress_is_told():
    heard = []
    locate_places(
        [make_row("a"), make_row("b")],
        Known({"Odessa": [ODESA]}),
        today=today,
        progress=lambda *steps: heard.append(steps),
    )
    assert heard == [(0, 2), (1, 2), (2, 2)]


@given(st.lists(st.sampled_from(["Odessa", "Everywhere", "Nowhere"]), max_size=20))
def test_every_row_that_is_asked_for_is_answered_in_order(names):
    rows = [make_row(str(number), name, "") for number, name in enumerate(names)]
    geocoder = Known({"Odessa": [ODESA], "Everywhere": [ODESA, TEXAS]})
    results = locate_places(rows, geocoder, today=today)
    assert [row for row, _ in results] == rows
    assert all(isinstance(result, Located | GeocodingError) for _, result in results)


# Evidence


def evidence(row=None, candidates=(HAMLET, ODESA), **changes):
    row = row or make_row()
    geocoder = Known({"Odessa": list(candidates)})
    return replace(locate(row, geocoder, today=today).evidence, **changes)


def test_evidence_weighs_all_candidates():
    record = evidence()
    assert record.authority == "geonames:698740"
    assert "10 times" in record.why
    chosen, other = record.candidates
    assert (chosen.km, chosen.population) == (0.0, 1_010_537)
    assert (other.authority, other.population) == ("geonames:2", 90)
    assert other.km == pytest.approx(112.8, abs=0.2)  # 1.01428° of latitude, 111.19 km each


def test_explains_itself_in_lines():
    text = "\n".join(explain("odessa-1888", evidence()))
    for part in (
        "odessa-1888",
        "geonames:698740",
        "2026-05-17",
        "UA",
        "1,010,537",
        "10 times",
        "GN",
    ):
        assert part in text
    assert "112.8 km" in text


def test_evidence_comes_back_from_its_file(tmp_path):
    store = EvidenceStore(tmp_path / "evidence.json")
    assert store.read() == {}
    store.update({"b": evidence(), "a": evidence(candidates=[ODESA])})
    assert store.read() == {"a": evidence(candidates=[ODESA]), "b": evidence()}
    assert list(json.loads((tmp_path / "evidence.json").read_text())) == ["a", "b"]


def test_the_same_evidence_leaves_the_same_bytes(tmp_path):
    path = tmp_path / "evidence.json"
    store = EvidenceStore(path)
    store.update({"b": evidence(), "a": evidence()})
    before = path.read_bytes(), path.stat().st_mtime_ns
    store.update({"a": evidence(when="2027-01-01")})
    store.update({})
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_new_evidence_replaces_the_old_and_keeps_the_rest(tmp_path):
    store = EvidenceStore(tmp_path / "evidence.json")
    store.update({"a": evidence(), "b": evidence()})
    store.update({"a": evidence(why="seen with new eyes", when="2027-01-01")})
    assert store.read()["a"].when == "2027-01-01"
    assert store.read()["b"] == evidence()


def test_evidence_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    path = tmp_path / "evidence.json"
    store = EvidenceStore(path)
    store.update({"a": evidence()})
    before = path.read_bytes()
    monkeypatch.setattr(os, "replace", lambda *paths: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        store.update({"b": evidence()})
    assert path.read_bytes() == before
    assert [left.name for left in tmp_path.iterdir() if left.suffix != ".lock"] == ["evidence.json"]


def test_broken_evidence_is_not_overwritten(tmp_path):
    path = tmp_path / "evidence.json"
    path.write_text("{")
    with pytest.raises(GeocodingError, match=r"evidence\.json"):
        EvidenceStore(path).update({"a": evidence()})
    assert path.read_text() == "{"


def test_the_table_is_locked_before_its_evidence(tmp_path, monkeypatch):
    table = tmp_path / "places.csv"
    table.write_text("id,place,modern_name,country,role\nodessa-1888,Odessa,Odesa,UA,mentioned\n")
    outcomes = locate_places(read_places(table).places, Known({"Odessa": [ODESA]}), today=today)
    taken = []

    def lock(path, **options):
        taken.append(path.name)
        return FileLock(path, **options)

    monkeypatch.setattr(files, "FileLock", lock)
    assert keep(table, outcomes) == []
    assert taken == [".places.csv.lock", ".evidence.json.lock"]
    assert "46.4857,30.7438,geonames:698740" in table.read_text()
    assert evidence_beside(table).read() == {"odessa-1888": outcomes[0].result.evidence}


# The journey itself


@pytest.fixture(scope="module")
def journey():
    return read_places(Path(__file__).parents[2] / "data" / "places.csv").require()


@pytest.fixture(scope="module")
def located(journey):
    rows = [replace(place, latitude=None, longitude=None, located_by="") for place in journey]
    return dict(zip(journey, (found for _, found in locate_places(rows, Gazetteer())), strict=True))


def test_every_place_of_the_journey_is_found(located):
    assert {
        place.id: found for place, found in located.items() if isinstance(found, Exception)
    } == {}


def test_the_coordinates_of_the_journey_are_those_that_locating_gives(located):
    for place, found in located.items():
        if not needs_locating(place):
            assert (place.point, place.located_by) == (found.point, found.located_by), place.id


def test_every_coordinate_of_the_journey_stands_the_checks(located):
    outlines, gazetteer = Outlines(), Gazetteer()
    for place, found in located.items():
        row = moved(place, found)
        assert outside_country(row, outlines) is None
        assert misnamed(row, gazetteer) is None
