"""The documentation against the project: commands, columns, links, the picture."""

import re
import subprocess
from pathlib import Path

import click
import pytest
from PIL import Image

from dev.pictures import HEIGHT, PICTURE, WIDTH
from geo.cli.main import main
from geo.table.columns import COLUMNS

ROOT = Path(__file__).parents[2]
MOST_PICTURE_BYTES = 700_000
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
FENCED = re.compile(r"^```.*?^```$", re.M | re.S)
CALLED = re.compile(r"python -m geo ([a-z]+)")
# Put together here, so that this file may be searched like any other.
FORBIDDEN = [
    "/".join(["", "work", ""]),
    "/".join(["", "tmp", "venv"]),
    "/".join(["", "root", ""]),
    ".".join(["pypi", "org"]),
    ".".join(["npmjs", "org"]),
    ".".join(["npmjs", "com"]),
    ".".join(["pythonhosted", "org"]),
]


def tracked():
    """The text files that git keeps, as they are now."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    files = [ROOT / name for name in listed.stdout.split("\0") if name]
    return [file for file in files if file.is_file() and b"\0" not in file.read_bytes()]


PAGES = [file for file in tracked() if file.suffix == ".md"]
NAMES = [str(page.relative_to(ROOT)) for page in PAGES]


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


def anchors(page):
    """The anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", FENCED.sub("", page.read_text(encoding="utf-8")), re.M)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in headings}


def test_commands_and_their_page_agree():
    assert set(CALLED.findall(read("docs/command-line.md"))) == set(main.commands)


@pytest.mark.parametrize("name", sorted(main.commands))
def test_each_command_has_a_heading_and_its_options_are_told(name):
    page = read("docs/command-line.md")
    section = re.search(rf"^## {name.capitalize()}$(.*?)(?=^## |\Z)", page, re.M | re.S)
    assert section, f"docs/command-line.md has no section {name.capitalize()}"
    if name == "add":  # its options are the columns, documented in docs/places-csv.md
        return
    options = [p.opts[0] for p in main.commands[name].params if isinstance(p, click.Option)]
    assert [option for option in options if option not in section[1]] == []


@pytest.mark.parametrize("name", NAMES)
def test_no_page_calls_a_command_that_is_not_there(name):
    assert set(CALLED.findall(read(name))) <= set(main.commands)


def test_each_column_is_documented():
    told = re.findall(r"^\| ((?:`\w+`(?:, )?)+) \|", read("docs/places-csv.md"), re.M)
    assert set(re.findall(r"`(\w+)`", " ".join(told))) >= set(COLUMNS)


@pytest.mark.parametrize("name", NAMES)
def test_each_link_inside_the_project_leads_somewhere(name):
    page = ROOT / name
    broken = []
    for link in LINK.findall(FENCED.sub("", read(name))):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


def test_each_page_of_the_documentation_is_in_its_index():
    linked = {Path(link).name for link in LINK.findall(read("docs/README.md"))}
    pages = {page.name for page in (ROOT / "docs").glob("*.md")} - {"README.md"}
    assert pages <= linked


def test_the_picture_is_the_one_that_the_tool_takes():
    assert f"({PICTURE.relative_to(ROOT)})" in read("README.md")
    assert PICTURE.stat().st_size < MOST_PICTURE_BYTES
    with Image.open(PICTURE) as picture:
        assert (picture.format, picture.size) == ("PNG", (WIDTH, HEIGHT))


@pytest.mark.parametrize("word", FORBIDDEN)
def test_no_file_names_a_registry_or_a_path_of_one_machine(word):
    assert [
        str(file.relative_to(ROOT))
        for file in tracked()
        if word in file.read_text(encoding="utf-8", errors="ignore")
    ] == []
