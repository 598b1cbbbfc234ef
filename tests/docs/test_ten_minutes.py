"""The walk of docs/ten-minutes.md, done as it stands there: its files, commands and clicks."""

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

from dev.documents import scroll_below, told
from geo.geocode.gazetteer import Gazetteer

ROOT = Path(__file__).parents[2]
WALK = (ROOT / "docs" / "ten-minutes.md").read_text(encoding="utf-8")
# A fenced block, with the line of prose before it, which may say where the block belongs.
BLOCK = re.compile(
    r"(?:^(?P<before>[^`\n].*)\n\n)?^```(?P<language>\w+)\n(?P<text>(?:(?!```).*\n)*)```$", re.M
)
INTO = re.compile(r"Put this into `([^`]+)`[^`]*:$")
LINE = re.compile(r"Line (\d+) of `([^`]+)` becomes:$")
COMMAND = re.compile(r"^\$ (.+)\n", re.M)
ANSWERED = re.compile(r"^Which one\?.*: (\S+)$", re.M)
PROMPT = re.compile(r"Which one\?[^\n]*: $")
DAY = re.compile(r"(?<=located )\d{4}-\d\d-\d\d")
PROJECT = {"PYTHONPATH": str(ROOT), "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
# A terminal that knows no commands of its own, so that what is printed is text alone.
ENVIRONMENT = {**os.environ, **PROJECT, "TERM": "dumb", "COLUMNS": "200"}


def steps():
    """The files and commands of the page, in its order: (what, where, text)."""
    for block in BLOCK.finditer(WALK):
        before, text = block["before"] or "", block["text"]
        if block["language"] == "console":
            parts = COMMAND.split(text)
            yield from (("run", *pair) for pair in zip(parts[1::2], parts[2::2], strict=True))
        elif into := INTO.search(before):
            yield "write", into[1], text
        elif line := LINE.search(before):
            yield "fix", (line[2], int(line[1])), text


def in_terminal(command, answers, folder):
    """Run a command in a terminal, give the answers as it asks; return what the terminal shows."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        command, shell=True, cwd=folder, env=ENVIRONMENT, stdin=theirs, stdout=theirs, stderr=theirs
    ):
        os.close(theirs)
        printed = _talk(ours, list(answers))
    os.close(ours)
    # Progress is written over itself; what stands in the end counts.
    lines = printed.replace("\r\n", "\n").split("\n")
    return "\n".join(line.rsplit("\r", 1)[-1] for line in lines)


def _talk(terminal, answers):
    printed = b""
    while True:
        try:
            printed += os.read(terminal, 4096)
        except OSError:  # Linux says so when the other end is closed
            return printed.decode()
        if answers and PROMPT.search(printed.decode(errors="ignore")):
            os.write(terminal, f"{answers.pop(0)}\n".encode())


def fix(path, number, line):
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[number - 1] = line
    path.write_text("".join(lines), encoding="utf-8")


@pytest.fixture(scope="module")
def walked(tmp_path_factory):
    """The folder after the walk, and the pairs of what the page shows and the terminal showed."""
    Gazetteer().find("Warsaw")  # builds the index, as the page says the first command does
    folder, shown = tmp_path_factory.mktemp("walk"), []
    for what, where, text in steps():
        if what == "write":
            (folder / where).write_text(text, encoding="utf-8")
        elif what == "fix":
            fix(folder / where[0], where[1], text)
        else:
            shown.append((where, text, in_terminal(where, ANSWERED.findall(text), folder)))
    return folder, shown


def test_the_page_has_the_walk():
    commands = [where for what, where, _ in steps() if what == "run"]
    for name in ("check", "locate", "explain", "export"):
        assert any(command.startswith(f"python -m geo {name} ") for command in commands)


def test_each_command_prints_what_the_page_shows(walked):
    _, shown = walked
    told_so = [(command, DAY.sub("DAY", expected)) for command, expected, _ in shown]
    assert [(command, DAY.sub("DAY", printed)) for command, _, printed in shown] == told_so


def test_the_exported_map_opens_on_the_day_in_its_address(walked, open_page):
    folder, _ = walked
    page = open_page((folder / "curie" / "map.html").as_uri() + "#1911-12-10")
    expect(page.locator("#title")).to_have_text("Marie Curie")
    assert told(page) == "10 December 1911, Stockholm, stop 3 of 5"


def test_the_table_opens_on_the_page_and_comes_back_complete(walked, open_page, app):
    table = walked[0] / "curie" / "Marie_Curie.csv"
    page = open_page(app.url)
    scroll_below(page)
    page.get_by_role("tab", name="Your own journey").click()
    with page.expect_download() as template:
        page.get_by_role("button", name="Template (CSV)").click()
    assert template.value.path().read_bytes() == (ROOT / "data" / "template.csv").read_bytes()
    page.locator("input[type=file]").set_input_files(table)
    document = page.frame_locator(".map-frame iframe")
    expect(document.locator("#title")).to_have_text("Marie Curie", timeout=30_000)
    expect(document.locator("#invite-count")).to_contain_text("5 stops")
    with page.expect_download() as completed:
        page.get_by_role("button", name="Your table with coordinates (CSV)").click()
    assert completed.value.path().read_bytes() == table.read_bytes()
