import json
import socket
import threading
from contextlib import contextmanager, suppress
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from filelock import FileLock
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import __version__
from geo.errors import (
    GarbledAnswer,
    GeocodingError,
    NotWritten,
    RateLimited,
    Refused,
    TimedOut,
    Unreachable,
)
from geo.geocode import nominatim_adapter
from geo.geocode.candidates import Ambiguous
from geo.geocode.nominatim import ATTRIBUTION, Nominatim
from geo.geocode.nominatim_adapter import INTERVAL, MOST_KEPT

ODESA = {
    "osm_type": "relation",
    "osm_id": 1413934,
    "lat": "46.4873195",
    "lon": "30.7392776",
    "name": "Odesa",
    "display_name": "Odesa, Ukraine",
    "namedetails": {"name": "Одеса", "old_name:1900": "Odessa;Одесса"},
    "addresstype": "city",
    "address": {"country_code": "ua"},
    "extratags": {"population": "1010537"},
}


class Service:
    """A Nominatim on this machine that answers as it is told and keeps what it was asked."""

    def __init__(self):
        self.status, self.headers, self.body = 200, {}, b"[]"
        self.asked = []
        self.silent = threading.Event()
        self.hang_up = False
        self.drips = None

    def answers(self, places):
        self.body = places if isinstance(places, bytes) else json.dumps(places).encode()

    @contextmanager
    def running(self):
        server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            self.address = f"http://127.0.0.1:{server.server_port}"
            yield self
        finally:
            self.silent.set()
            server.shutdown()
            thread.join()
            server.server_close()

    def _handler(service):
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                service.asked.append(self)
                if service.body is None:
                    service.silent.wait(timeout=10)
                elif service.drips:
                    self.drip(
                        b"HTTP/1.0 200 " if service.drips == "head" else b"HTTP/1.0 200\r\n\r\n"
                    )
                elif not service.hang_up:
                    self.send_response(service.status)
                    for name, value in service.headers.items():
                        self.send_header(name, value)
                    self.send_header("Content-Length", str(len(service.body)))
                    self.end_headers()
                    self.wfile.write(service.body)

            def drip(self, beginning):
                self.wfile.write(beginning)
                with suppress(ConnectionError):
                    while not service.silent.wait(timeout=0.02):
                        self.wfile.write(b" ")

            def log_message(self, *args):
                pass

        return Handler


class Clock:
    """Time that passes only when somebody sleeps."""

    def __init__(self):
        self.now = 1_000_000.0
        self.slept = []

    def time(self):
        return self.now

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def service():
    with Service().running() as service:
        yield service


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def ask(service, clock, tmp_path):
    def ask(name="Odessa", **options):
        return nominatim(service, clock, tmp_path).geocode(name, **options)

    return ask


def nominatim(service, clock, cache, **options):
    timed = {"clock": clock.time, "sleep": clock.sleep, "timeout": 5}
    return Nominatim(address=service.address, cache=cache, **timed | options)


def test_answers_with_a_candidate(service, ask):
    service.answers([ODESA])
    location = ask("Odessa", country="UA", kind="settlement")
    assert (location.latitude, location.longitude) == (46.4873195, 30.7392776)
    candidate = location.raw
    assert (candidate.name, candidate.country, candidate.kind) == ("Odesa", "UA", "settlement")
    assert candidate.authority == "osm:relation/1413934"
    assert candidate.population == 1_010_537
    assert candidate.citation == ATTRIBUTION
    assert "OpenStreetMap contributors" in ATTRIBUTION


def test_asks_for_the_country_and_says_who_asks(service, ask):
    ask("Odessa", country="UA")
    (asked,) = service.asked
    query = parse_qs(urlsplit(asked.path).query)
    assert query["q"] == ["Odessa"]
    assert query["countrycodes"] == ["ua"]
    assert asked.headers["User-Agent"].startswith(f"journey-map/{__version__} ")


@pytest.mark.parametrize(
    ("asked", "matched"),
    [("odesa", "name"), ("Odessa", "alternate"), ("Одесса", "alternate"), ("Odes", "guess")],
)
def test_says_how_a_place_bears_the_name(service, ask, asked, matched):
    service.answers([ODESA])
    (location,) = ask(asked, exactly_one=False)
    assert location.raw.matched == matched
    assert parse_qs(urlsplit(service.asked[0].path).query)["namedetails"] == ["1"]


@pytest.mark.parametrize(
    "details", [{}, {"name:etymology": "Odessos"}, {"ref": "Odessos"}, [], None]
)
def test_what_does_not_bear_the_name_is_not_taken(service, ask, details):
    service.answers([ODESA | {"namedetails": details}])
    with pytest.raises(Ambiguous, match="'Odessos' is not borne by the one place answered: Odesa"):
        ask("Odessos")


def test_what_does_not_bear_the_name_hinders_nothing_that_does(service, ask):
    airport = ODESA | {"osm_id": 2, "name": "Airport", "display_name": "Airport", "namedetails": {}}
    service.answers([airport, ODESA])
    assert ask("Odessa").raw.authority == "osm:relation/1413934"
    service.answers([airport, airport])
    with pytest.raises(Ambiguous, match="is borne by none of the 2 places answered"):
        ask("Odesa Airport")


def test_nothing_found_is_none_as_with_geopy(ask):
    assert ask("No Such Place") is None
    assert ask("No Such Place", exactly_one=False) is None


def test_a_place_of_another_kind_is_not_found(service, ask):
    service.answers([ODESA])
    assert ask("Odessa", kind="country") is None


def test_several_places_are_ambiguous(service, ask):
    texas = ODESA | {"osm_id": 2, "address": {"country_code": "us"}, "lat": "31.8", "lon": "-102.4"}
    service.answers([ODESA, texas])
    with pytest.raises(Ambiguous) as caught:
        ask()
    assert len(caught.value.candidates) == 2
    assert len(ask(exactly_one=False)) == 2


@pytest.mark.parametrize(
    "unknown", [{}, {"extratags": None}, {"extratags": {"population": "ca. 900"}}, {"address": []}]
)
def test_what_is_missing_is_unknown_and_not_made_up(service, ask, unknown):
    service.answers([{key: ODESA[key] for key in ("osm_type", "osm_id", "lat", "lon")} | unknown])
    (location,) = ask("Odessa", exactly_one=False)
    candidate = location.raw
    assert candidate.name == "(without a name)"
    assert candidate.population is None
    assert candidate.country is None
    assert candidate.kind == "site"


@pytest.mark.parametrize(
    ("status", "headers", "failure"),
    [
        (400, {}, Refused),
        (401, {}, Refused),
        (403, {}, Refused),
        (404, {}, Refused),
        (408, {}, TimedOut),
        (429, {"Retry-After": "7"}, RateLimited),
        (500, {}, Unreachable),
        (502, {}, Unreachable),
        (503, {}, Unreachable),
        (504, {}, Unreachable),
    ],
)
def test_tells_refusals_apart(service, ask, status, headers, failure):
    service.status, service.headers = status, headers
    with pytest.raises(failure) as caught:
        ask()
    assert type(caught.value) is failure
    assert len(service.asked) == 1


def in_http(seconds):
    """The time of the clock and so many seconds more, as HTTP writes it."""
    return formatdate(Clock().now + seconds, usegmt=True)


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("7", 7.0),
        ("0", 0.0),
        (in_http(90), 90.0),
        (in_http(90).replace("GMT", "-0000"), 90.0),
        (in_http(-90), 0.0),
        ("soon", None),
        ("Mon, 99 Jan 2026 00:00:00 GMT", None),
        (None, None),
    ],
)
def test_a_rate_limit_says_how_long_to_wait(service, ask, written, seconds):
    service.status, service.headers = 429, {"Retry-After": written} if written else {}
    with pytest.raises(RateLimited) as caught:
        ask()
    assert caught.value.retry_after == seconds
    told = f"{service.address[7:]} asks us to slow down."
    if seconds is not None:
        told += f" It is to be asked again in {seconds:.0f} s."
    assert str(caught.value) == told


@pytest.mark.parametrize("status", [429, 503])
def test_whoever_asks_next_waits_as_long_as_the_service_wished(service, clock, tmp_path, status):
    service.status, service.headers = status, {"Retry-After": "7"}
    with pytest.raises(GeocodingError):
        nominatim(service, clock, tmp_path).geocode("Odessa")
    service.status = 200
    clock.now += 2
    assert nominatim(service, clock, tmp_path).geocode("Odessa") is None
    assert clock.slept == [5]


@pytest.mark.parametrize("written", ["61", in_http(61)])
def test_a_long_wait_is_told_and_not_waited_for(service, clock, tmp_path, written):
    service.status, service.headers = 429, {"Retry-After": written}
    with pytest.raises(RateLimited):
        nominatim(service, clock, tmp_path).geocode("Odessa")
    clock.now += 50
    with pytest.raises(RateLimited) as caught:
        nominatim(service, clock, tmp_path).geocode("Odessa")
    assert str(caught.value) == (
        f"{service.address[7:]} asked us not to ask again for another 11 s."
    )
    assert caught.value.retry_after == 11
    assert (clock.slept, len(service.asked)) == ([], 1)


def test_a_service_that_wants_to_be_left_alone_keeps_nobody_from_another(service, clock, tmp_path):
    service.status, service.headers = 429, {"Retry-After": "61"}
    with pytest.raises(RateLimited):
        nominatim(service, clock, tmp_path).geocode("Odessa")
    with Service().running() as other:
        assert nominatim(other, clock, tmp_path).geocode("Odessa") is None


def test_no_service_is_left_alone_for_ever(service, clock, tmp_path):
    service.status, service.headers = 429, {"Retry-After": "9" * 30}
    with pytest.raises(RateLimited):
        nominatim(service, clock, tmp_path).geocode("Odessa")
    service.status = 200
    clock.now += MOST_KEPT
    assert nominatim(service, clock, tmp_path).geocode("Odessa") is None


def test_others_who_ask_too_long_are_told_of(service, clock, tmp_path, monkeypatch):
    monkeypatch.setattr(nominatim_adapter, "PATIENCE", 0)
    geocoder = nominatim(service, clock, tmp_path)
    with FileLock(tmp_path / "nominatim.lock"), pytest.raises(RateLimited, match="Other programs"):
        geocoder.geocode("Odessa")
    assert service.asked == []


@pytest.mark.parametrize(
    "garbage",
    [
        b"",
        b"<html><body>Please log in</body></html>",
        b"\xff\xfe not text",
        b"[NaN",
        "text",
        7,
        None,
        {"error": "Unable to geocode"},
        {"lat": "1", "lon": "1"},
        [None],
        ["text"],
        [{}],
        [ODESA | {"lat": None}],
        [ODESA | {"lat": "999"}],
        [ODESA | {"lon": "-180.1"}],
        [ODESA | {"lat": "NaN"}],
        [ODESA | {"lat": "Infinity"}],
        [ODESA | {"lat": "north"}],
        [ODESA | {"lat": "0", "lon": "0"}],
        [ODESA | {"lat": []}],
        [{key: value for key, value in ODESA.items() if key != "lon"}],
        [ODESA, ODESA | {"lat": "999"}],
    ],
)
def test_garbage_is_called_garbage(service, ask, garbage):
    service.answers(garbage)
    with pytest.raises(GarbledAnswer):
        ask()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
PLACES = st.lists(
    st.fixed_dictionaries(
        {"lat": JSON | st.floats(-90, 90).map(str), "lon": JSON | st.floats(-180, 180).map(str)},
        optional={key: JSON for key in ("osm_type", "osm_id", "name", "address", "extratags")},
    ),
    max_size=3,
)


@settings(deadline=None)  # a busy machine is no failure
@given(answer=JSON | PLACES)
def test_any_json_is_places_or_garbage(tmp_path_factory, answer):
    clock = Clock()
    geocoder = Nominatim(
        address="http://127.0.0.1:9",
        cache=tmp_path_factory.mktemp("cache"),
        clock=clock.time,
        sleep=clock.sleep,
    )
    geocoder.adapter.get_text = lambda url, **options: json.dumps(answer)
    try:
        found = geocoder.geocode("Odessa", exactly_one=False)
    except GarbledAnswer:
        return
    for location in found or []:
        assert (location.latitude, location.longitude) != (0, 0)
        assert location.raw.authority


@pytest.mark.parametrize("number", ["9" * 400, "1e999", "9" * 6000])
def test_a_latitude_too_large_for_a_number_is_garbage(service, ask, number):
    service.answers(b'[{"lat": %b, "lon": 1}]' % number.encode())
    with pytest.raises(GarbledAnswer):
        ask()


def test_json_nested_too_deeply_is_garbage(service, ask):
    service.answers(b"[" * 200_000)
    with pytest.raises(GarbledAnswer):
        ask()


def test_what_is_no_object_of_the_map_has_no_key(service, ask):
    service.answers([{"lat": "46.5", "lon": "30.7", "display_name": "65000, Ukraine"}])
    assert ask("65000").raw.authority == "hand: Nominatim's answer to '65000'"


def test_a_time_out_asks_once(service, clock, tmp_path):
    service.body = None
    with pytest.raises(TimedOut):
        nominatim(service, clock, tmp_path, timeout=0.1).geocode("Odessa")
    assert len(service.asked) == 1


@pytest.mark.parametrize("part", ["head", "body"])
def test_an_answer_that_drips_ends_at_the_time_out(service, clock, tmp_path, part):
    service.drips = part
    with pytest.raises(TimedOut, match=r"did not answer in 0\.3 s"):
        nominatim(service, clock, tmp_path, timeout=0.3).geocode("Odessa")
    assert len(service.asked) == 1


def test_a_hung_up_line_is_unreachable(service, ask):
    service.hang_up = True
    with pytest.raises(Unreachable):
        ask()


def test_a_closed_port_is_unreachable(service, clock, tmp_path):
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        service.address = f"http://127.0.0.1:{bound.getsockname()[1]}"
        with pytest.raises(Unreachable):
            nominatim(service, clock, tmp_path).geocode("Odessa")


def test_an_unknown_host_is_unreachable(service, clock, tmp_path):
    service.address = "http://nominatim.invalid"
    with pytest.raises(Unreachable):
        nominatim(service, clock, tmp_path).geocode("Odessa")


def test_answers_outlive_the_process(service, clock, tmp_path):
    service.answers([ODESA])
    first = nominatim(service, clock, tmp_path).geocode("Odessa")
    again = nominatim(service, clock, tmp_path).geocode("Odessa")
    assert again.raw == first.raw
    nominatim(service, clock, tmp_path).geocode("Odessa", country="UA")
    assert len(service.asked) == 2


def test_not_found_is_remembered_and_failures_are_not(service, ask):
    service.status = 503
    with pytest.raises(Unreachable):
        ask("Odessa")
    service.status = 200
    service.answers(b"<html>")
    with pytest.raises(GarbledAnswer):
        ask("Odessa")
    service.answers([])
    assert ask("Odessa") is None
    assert ask("Odessa") is None
    assert len(service.asked) == 3


def test_each_service_has_answers_of_its_own(service, clock, tmp_path):
    service.answers([ODESA])
    nominatim(service, clock, tmp_path).geocode("Odessa")
    with Service().running() as other:
        assert nominatim(other, clock, tmp_path).geocode("Odessa") is None
        assert len(other.asked) == 1


def test_asks_at_most_once_a_second_whoever_asks(service, clock, tmp_path):
    for name in ("Odessa", "Kherson", "Kiev"):
        nominatim(service, clock, tmp_path).geocode(name)
    assert clock.slept == [INTERVAL, INTERVAL]


def test_whatever_goes_over_the_wire_goes_in_turn(service, clock, tmp_path):
    wire = nominatim(service, clock, tmp_path).adapter
    for _ in range(2):
        assert wire.get_text(service.address, timeout=5, headers={}) == "[]"
    assert clock.slept == [INTERVAL]


def test_waits_only_for_what_is_left_of_the_second(service, clock, tmp_path):
    geocoder = nominatim(service, clock, tmp_path)
    geocoder.geocode("Odessa")
    clock.now += 0.75
    geocoder.geocode("Kherson")
    clock.now += 60
    geocoder.geocode("Kiev")
    assert clock.slept == [0.25]


def test_the_cache_makes_nobody_wait(service, ask, clock):
    service.answers([ODESA])
    for _ in range(5):
        ask("Odessa")
    assert clock.slept == []


def test_a_failure_counts_as_a_request(service, ask, clock):
    service.status = 503
    for _ in range(2):
        with pytest.raises(Unreachable):
            ask("Odessa")
    assert clock.slept == [INTERVAL]


@pytest.mark.parametrize(
    "stamp", ['{"": 2000000.0}', '{"": "x"}', '{"": []}', "[]", "2000000.0", "garbage", ""]
)
def test_a_clock_set_back_or_a_broken_stamp_stops_nobody(service, ask, clock, tmp_path, stamp):
    (tmp_path / "nominatim.turn").write_text(stamp)
    ask("Odessa")
    assert sum(clock.slept) <= INTERVAL


def test_the_address_comes_from_the_environment(service, clock, tmp_path, monkeypatch):
    monkeypatch.setenv("JOURNEY_MAP_NOMINATIM", f"{service.address}/maps")
    service.answers([ODESA])
    Nominatim(cache=tmp_path, clock=clock.time, sleep=clock.sleep).geocode("Odessa")
    assert service.asked[0].path.startswith("/maps/search?")


@pytest.mark.parametrize("address", ["localhost:8080", "ftp://localhost", "https://", "nominatim"])
def test_what_is_no_address_is_said_to_be_none(tmp_path, address):
    with pytest.raises(GeocodingError, match="not an address such as"):
        Nominatim(address=address, cache=tmp_path)


def test_a_cache_that_cannot_be_used_is_named(service, ask, tmp_path):
    (tmp_path / "nominatim.sqlite").mkdir()
    with pytest.raises(NotWritten) as caught:
        ask("Odessa")
    assert str(caught.value) == (
        f"{tmp_path / 'nominatim.sqlite'} could not be written: unable to open database file; "
        "it was left as it was."
    )
    assert service.asked == []


def test_a_key_is_not_asked_of_the_service(service, clock, tmp_path):
    assert nominatim(service, clock, tmp_path).entry("naturalearth:NOR").name == "Norway"
    assert service.asked == []


def test_a_broken_cache_is_begun_anew(service, ask, tmp_path):
    (tmp_path / "nominatim.sqlite").write_bytes(b"this is no database" * 100)
    service.answers([ODESA])
    assert ask("Odessa").raw == ask("Odessa").raw
    assert len(service.asked) == 1
