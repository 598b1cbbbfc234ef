"""The command `state`: the words for a person, the object for a program."""

import json

import pytest
from click.testing import CliRunner

from geo.cli.main import main


def run(*arguments):
    return CliRunner().invoke(main, ["state", *arguments])


@pytest.mark.parametrize(
    ("where", "day", "told"),
    [
        (("33.9", "35.5"), "1925-01-01", "Lebanon, mandate of France"),
        (("32.9", "13.2"), "1925-01-01", "Libya, colony of Italy"),
        (("48.85", "2.35"), "1925-01-01", "France"),
    ],
)
def test_a_state_is_told_with_what_it_was(where, day, told):
    result = run(*where, day)
    assert result.exit_code == 0
    assert result.output.splitlines()[0] == told


def test_json_names_the_power_it_was_under():
    told = json.loads(run("33.9", "35.5", "1925-01-01", "--json").output)
    assert told.pop("source")
    assert told == {"polity": "Lebanon", "status": "mandate", "under": "France"}


def test_json_without_a_claim_has_nothing_but_null():
    result = run("-40", "-30", "1925-01-01", "--json")
    assert result.exit_code == 1
    told = json.loads(result.output)
    assert told == dict.fromkeys(("polity", "status", "under", "source"))


@pytest.mark.parametrize(
    ("lat", "lon", "told"),
    [
        ("nan", "24", "Invalid value for 'LAT': 'nan' is not a number of degrees; "),
        ("49.84", "NaN", "Invalid value for 'LON': 'NaN' is not a number of degrees; "),
        ("forty", "24", "Invalid value for 'LAT': 'forty' is not a number of degrees; "),
        ("inf", "24", "Invalid value for 'LAT': inf is not in the range -90<=x<=90."),
        ("49.84", "-181", "Invalid value for 'LON': -181.0 is not in the range -180<=x<=180."),
    ],
)
def test_what_is_no_point_is_refused_in_words(lat, lon, told):
    result = run(lat, lon, "1900-01-01")
    assert told in result.stderr
    assert result.exit_code == 2
