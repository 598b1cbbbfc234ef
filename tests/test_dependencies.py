"""The lock files against the direct dependencies in pyproject.toml."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCKS = ("requirements.txt", "requirements-dev.txt")
PINNED = re.compile(r"[a-z0-9-]+==[\w.]+( ; .+)?")


def pins(lock):
    """The pins of a lock file, without its comments."""
    lines = (ROOT / lock).read_text("utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.lstrip().startswith("#")]


def versions(lock):
    """The version by the name of each package that a lock file pins."""
    found = {}
    for requirement in map(Requirement, pins(lock)):
        (pin,) = requirement.specifier
        found[canonicalize_name(requirement.name)] = pin.version
    return found


def unmet(direct, locked):
    """What no pin satisfies of the direct dependencies."""
    wanted = {text: Requirement(text) for text in direct}
    return [
        text
        for text, requirement in wanted.items()
        if not requirement.specifier.contains(
            locked.get(canonicalize_name(requirement.name), "0.dev0")
        )
    ]


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_exact_versions_and_nothing_of_the_machine_it_was_made_on(lock):
    assert [line for line in pins(lock) if not PINNED.fullmatch(line)] == []
    assert "://" not in (ROOT / lock).read_text("utf-8")


@pytest.mark.parametrize(
    ("lock", "direct"),
    [
        ("requirements.txt", PROJECT["project"]["dependencies"]),
        ("requirements-dev.txt", PROJECT["dependency-groups"]["dev"]),
    ],
)
def test_a_lock_satisfies_each_direct_dependency(lock, direct):
    assert unmet(direct, versions(lock)) == []


def test_a_dependency_that_is_not_locked_or_not_at_its_version_would_be_told():
    assert unmet(["a~=1.2", "b>=1", "C-c==3"], {"a": "2.0", "c-c": "3"}) == ["a~=1.2", "b>=1"]


def test_the_locks_agree_on_what_both_pin():
    run, dev = map(versions, LOCKS)
    assert {name for name in run.keys() & dev.keys() if run[name] != dev[name]} == set()


def test_the_build_backend_is_locked():
    assert unmet(PROJECT["build-system"]["requires"], versions("requirements-dev.txt")) == []


def test_the_libraries_that_the_map_was_asked_to_stand_on_are_direct():
    direct = {Requirement(text).name for text in PROJECT["project"]["dependencies"]}
    assert direct >= {"folium", "geopy", "pandas", "streamlit"}
