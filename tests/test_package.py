"""The wheel, built without a network: what is in it, and the command it installs."""

import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

import geo

ROOT = Path(__file__).parents[1]
COMMAND = "journey-map"


def pip(*arguments):
    subprocess.run(
        [sys.executable, "-m", "pip", "--quiet", *arguments, "--no-deps", "--no-index"],
        check=True,
        capture_output=True,
        text=True,
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--no-build-isolation", "--wheel-dir", str(folder), str(ROOT))
    (built,) = folder.iterdir()
    return built


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """The folder into which the wheel is installed, away from the sources."""
    folder = tmp_path_factory.mktemp("installed")
    pip("install", "--target", str(folder), str(wheel))
    return folder


@pytest.fixture
def call(installed, tmp_path):
    # Coverage is of the sources, not of what was installed from them.
    environment = {key: text for key, text in os.environ.items() if "COVERAGE" not in key}

    def call(*command):
        return subprocess.run(
            command,
            cwd=tmp_path,
            env={**environment, "PYTHONPATH": str(installed)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout

    return call


def sources():
    """The files of geo/ that git keeps, or would keep."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "geo"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return {name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()}


def test_the_wheel_holds_geo_with_all_its_data_and_nothing_else(wheel):
    packed = {name for name in ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert packed == sources()
    assert {Path(name).suffix for name in packed} > {".css", ".csv", ".html", ".js", ".json"}


def test_the_version_stands_in_one_place(wheel):
    assert wheel.name.startswith(f"journey_map-{geo.__version__}-")
    assert f"\n## {geo.__version__}" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_the_command_tells_its_version_and_its_own_name(call, installed):
    command = str(installed / "bin" / COMMAND)
    assert call(command, "--version") == f"{COMMAND} {geo.__version__}\n"
    assert call(command, "--help").startswith(f"Usage: {COMMAND} [OPTIONS]")


def test_the_module_runs_by_its_own_name(call):
    told = call(sys.executable, "-m", "geo", "--help")
    assert told.startswith("Usage: python -m geo [OPTIONS]")


def test_the_installed_command_makes_the_map_from_its_own_data(call, installed, tmp_path):
    table = str(ROOT / "data" / "places.csv")
    call(str(installed / "bin" / COMMAND), "export", "map.html", "--places", table)
    assert (tmp_path / "map.html").stat().st_size > 100_000
