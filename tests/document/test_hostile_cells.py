"""Cells that would run something, if any sink let them: shown as written, and nothing runs."""

import csv
import io
import json
import re

import pytest
from playwright.sync_api import expect

from dev.documents import HEADER, document_of, scroll_below, told, until, written
from dev.server import ROOT
from geo.dates import span_in_words
from geo.document.data import EPOCH
from geo.loading import load_journey

HOSTILE = [
    "<script>window.pwned=1</script>",
    "<img src=x onerror=window.pwned=1>",
    "</script><script>window.pwned=1</script>",
    "</textarea></title></style><svg onload=window.pwned=1>",
    "`${window.pwned=1}`",
    "\"'); window.pwned=1; ('",
    "{{ 7*7 }}",
    "{% for x in (7*7,) %}{{ x }}{% endfor %}",
    "{{ cycler.__init__.__globals__.os.popen('touch PWNED').read() }}",
    "{% raw %}",
    "{# a comment #}",
    "<!-- <script>",
    "]]>",
    "$&$`$'",
    "javascript:window.pwned=1",
    "a\u2028window.pwned=1\u2029b",
    "\u05d0 <b>bold</b> &lt;i&gt; &amp;",
]
SOURCES = [
    "{} <javascript:window.pwned=1>",
    "{} <https://a.example/{{7*7}}>",
    "{} <data:text/html,x>",
]
PROSE = ["place", "modern_name", "phase", "title", "story", "claim"]
COLUMNS = [*HEADER.split(","), "modern_name", "story", "claim"]


def hostile_rows():
    """One stop for each hostile text, in every column of prose, and a mention at the end."""
    for i, text in enumerate([*HOSTILE, "a mention " + HOSTILE[0]]):
        prose = {column: f"{text} {column[0]}" for column in PROSE}
        source = SOURCES[i % len(SOURCES)].replace("{}", text.replace("<", "‹").replace(">", "›"))
        mention = i == len(HOSTILE)
        yield prose | {
            "id": f"row-{i}",
            "kind": "settlement",
            "role": "mentioned" if mention else "stop",
            "arrived": "" if mention else f"{1900 + i}-02-01",
            "departed": "" if mention else f"{1900 + i}-10-01",
            "texts": "",
            "country": "",
            "sources": source,
            "latitude": str(20 + i * 2.5),
            "longitude": str(i * 7 - 60),
        }


DESCRIPTION = f"""
title = {json.dumps(HOSTILE[0] + HOSTILE[6])}
subtitle = {json.dumps(HOSTILE[8] + HOSTILE[1])}
captive_phases = [{json.dumps(HOSTILE[1])}]

[[texts]]
key = "own"
author = {json.dumps(HOSTILE[2])}
title = {json.dumps(HOSTILE[6])}
publication = {json.dumps(HOSTILE[1])}
date = {json.dumps(HOSTILE[4])}
paragraphs = 9
"""


@pytest.fixture(scope="module")
def hostile_table(tmp_path_factory):
    text = io.StringIO()
    table = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    table.writeheader()
    table.writerows(hostile_rows())
    folder = tmp_path_factory.mktemp("hostile")
    return written(folder, text.getvalue(), description=DESCRIPTION)


@pytest.fixture(scope="module")
def hostile(hostile_table):
    """The table as it was read: no row may be lost, or its cells would not be tried."""
    loaded = load_journey(hostile_table)
    assert len(loaded.table.places) >= len(HOSTILE) - len(loaded.table.errors)
    return loaded


@pytest.fixture
def unharmed(open_page):
    """Watches every page opened for dialogs, and in the end for a file that a cell made."""
    marks = [folder / "PWNED" for folder in (ROOT, ROOT / "tests")]
    assert not any(mark.exists() for mark in marks)
    yield
    assert not any(mark.exists() for mark in marks)


def harmed(frame):
    """Whether anything ran in the page, or came onto it as markup."""
    return frame.evaluate(
        """() => window.pwned !== undefined
            || document.querySelector("img, object, embed, [onerror], [onload], b + b > b") !== null
            || [...document.querySelectorAll("a")].some((link) => !/^https?:/.test(link.href))"""
    )


def test_the_file_holds_the_cells_as_inert_data(hostile_table, hostile, unharmed):
    page = document_of(hostile_table)
    assert page.count("</script>") == page.count("<script")
    data = re.search(r'<script type="application/json" id="journey-data">(.*?)</script>', page)
    read = json.loads(data[1])
    assert [row["place"] for row in (*read["road"], *read["mentions"])] == [
        row.place.place for row in (*hostile.journey.nodes, *hostile.journey.mentions)
    ]
    assert not re.search(r"[<>{\u2028\u2029]", re.sub(r'\{"|\},\{|^\{|:\{', "", data[1]))
    assert read["title"] == hostile.description.title
    assert "{{" not in data[1]
    assert "{%" not in data[1]


def test_the_document_shows_hostile_cells_as_written(
    open_page, tmp_path, hostile_table, hostile, unharmed
):
    file = tmp_path / "journey.html"
    file.write_text(document_of(hostile_table), encoding="utf-8")
    page = open_page(file, offline=True)
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.evaluate(
        "() => addEventListener('securitypolicyviolation', () => { window.pwned = 'policy' })"
    )
    assert page.locator("#title").text_content() == hostile.description.title
    assert page.locator("#subtitle").text_content() == hostile.description.subtitle
    assert hostile.description.title in page.title()
    lanes = page.locator(".lane-label").all_text_contents()
    assert [lane.lower() for lane in lanes] == [p.lower() for p in hostile.journey.phases]
    page.locator("#timeline").hover()
    lens = page.locator("#lens .lens-name").all_text_contents()
    assert set(lens) <= {stop.place.place for stop in hostile.journey.stops}
    assert lens
    read = """(day) => {
        app.navigation.open(day);
        app.layers.labels.layout();
        const read = (id) => document.getElementById(id).textContent;
        return [
            read("card-place"), read("card-story"), read("card-says"), read("card-facts"),
            document.querySelector(".label.now tspan")?.textContent, read("card-now"),
            read("wall-place"), document.getElementById("card-dates").textContent,
        ];
    }"""
    labels = []
    for stop in hostile.journey.stops:
        place = stop.place
        name, story, says, facts, label, now, wall, dates = page.evaluate(read, stop.start - EPOCH)
        assert name == wall == place.place
        labels.append(label)
        assert label in (place.place, None), "a name without room is left out, not cut"
        assert story == place.story
        assert place.claim in says
        assert place.modern_name in now
        assert dates == span_in_words(place.arrived, place.departed)
        for source in place.sources:
            assert source.words in facts
        assert place.place in told(page)
    assert len([label for label in labels if label]) > len(labels) / 2
    mention = hostile.journey.mentions[0].place
    page.evaluate("() => app.navigation.choose(app.state.itinerary.data.mentions[0])")
    assert page.locator("#card-place").text_content() == mention.place
    assert not harmed(page)
    assert dialogs == []


def test_the_dashboard_shows_hostile_cells_as_written(
    app_with, open_page, hostile_table, hostile, unharmed
):
    running = app_with(hostile_table)
    page = open_page(f"{running.url}/?date={HOSTILE[0]}")
    page.set_default_timeout(15_000)
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    title = page.frame_locator("iframe[title='Journey map']").locator("#title")
    expect(title).to_have_text(hostile.description.title, timeout=20_000)
    table = page.get_by_test_id("stDataFrame").first.locator("table")
    expect(table).to_contain_text(hostile.journey.stops[0].place.place, timeout=15_000)
    scroll_below(page)
    page.get_by_role("tab", name="The texts").click()
    expect(page.get_by_role("heading", name=f"{HOSTILE[2]}, {HOSTILE[6]}")).to_be_visible()
    for frame in page.frames:
        until(frame, "document.readyState === 'complete'")
        assert frame.evaluate("window.pwned") is None
    assert dialogs == []
    body = page.locator("body").inner_text()
    assert "{{ 7*7 }}" in body
    assert not re.search(r"(?<!\d)49(?!\d)", body)
    assert "Traceback" not in running.output
