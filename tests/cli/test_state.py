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
    result = run("-33.9", "151.2", "1925-01-01", "--json")
    assert result.exit_code == 1
    told = json.loads(result.output)
    assert told == dict.fromkeys(("polity", "status", "under", "source"))
