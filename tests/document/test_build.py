"""The map document as text: what is in it, what must not be in it, and that it is inert."""

import base64
import gzip
import hashlib
import json
import re
from copy import deepcopy
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bench.journeys import made_table
from geo.document import assets
from geo.document.blocks import DATA, safe_json
from geo.document.build import build_document
from geo.document.data import EPOCH, journey_data
from geo.document.tiles import OnlineTiles
from geo.journey.build import build_journey
from geo.loading import load_journey
from geo.place import Reference, Source, Waymark
from tests.builders import make_description, make_place

ROOT = Path(__file__).parents[2]
PLACES = ROOT / "data" / "places.csv"
FORBIDDEN = "<>&{\u2028\u2029"
HOSTILE = [
    "<script>alert(1)</script>",
    "</script><img src=x onerror=alert(1)>",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{% raw %}",
    "`${alert(1)}`",
    "javascript:alert(1)",
    "\" onload='alert(1)'",
    "<!-- data --><!-- scripts -->",
    "</style><head><html>",
    "\u2028alert(1)\u2029",
    r"\u003cb\u003e \g<1> \1",
]
# An SVG namespace and Leaflet's own credit are names, not things that are fetched.
NAMES = ("http://www.w3.org/", "https://leafletjs.com")


class Document(HTMLParser):
    """The tags, scripts, styles and data blocks of a document."""

    def __init__(self, text: str):
        super().__init__()
        self.tags: list[tuple[str, dict]] = []
        self.inline: dict[str, list[str]] = {"script": [], "style": []}
        self.blocks: dict[str, str] = {}
        self.open: list[str] | None = None
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.open = [] if tag in self.inline else None

    def handle_data(self, data):
        if self.open is not None:
            self.open.append(data)

    def handle_endtag(self, tag):
        if self.open is None:
            return
        attrs, content, self.open = self.tags[-1][1], "".join(self.open), None
        if "type" in attrs:
            self.blocks[attrs["id"]] = content
        else:
            self.inline[tag].append(content)

    @property
    def policy(self) -> dict[str, list[str]]:
        content = next(
            attrs["content"]
            for tag, attrs in self.tags
            if tag == "meta" and attrs.get("http-equiv") == "Content-Security-Policy"
        )
        return {rule.split()[0]: rule.split()[1:] for rule in content.split("; ")}


def make_journey():
    """Two stops with a way-point between them, an area, a silence and a mention."""
    return build_journey(
        [
            make_place(
                "1917-05-01",
                "1917-05-02",
                id="north",
                country="NO",
                at=(59.9, 10.7),
                texts=(Reference("primer", 3),),
                sources=(Source("A book, p. 4", "https://example.org/4"), Source("A letter")),
                claim="primer 3 has another year.",
            ),
            make_place("1917-05-10", "1917-05-11", id="way", role="passed-through", at=(65, 24)),
            make_place("1917-05-17", "1918-12-01", id="east", phase="prison", at=(59.9, 30.3)),
            make_place(
                "1917-05-01",
                "1917-05-02",
                id="land",
                kind="country",
                country="NO",
                at=(61.0, 9.0),
                located_by="naturalearth:NOR",
            ),
            make_place(id="named", role="mentioned", at=(40.4, -3.7)),
        ]
    )


@pytest.fixture(scope="module")
def text() -> str:
    return build_document(make_journey(), make_description())


@pytest.fixture(scope="module")
def document(text) -> Document:
    return Document(text)


@pytest.fixture(scope="module")
def data() -> dict:
    return journey_data(make_journey(), make_description())


def rows(data: dict) -> list[dict]:
    return [*data["road"], *data["areas"], *data["mentions"]]


def row(data: dict, name: str) -> dict:
    return next(row for row in rows(data) if row["id"] == name)


# One file that asks for nothing.


def test_equal_journeys_make_equal_documents():
    journey = make_journey()
    first = build_document(journey, make_description())
    assert build_document(deepcopy(journey), make_description()) == first
    assert build_document(journey, make_description(title="Another Life")) != first


def test_nothing_is_fetched_from_anywhere(document):
    for tag, attrs in document.tags:
        assert not {"src", "href", "srcset", "action", "data", "poster"} & set(attrs), tag
        assert tag not in ("link", "base", "iframe", "object", "embed"), tag
        assert not [name for name in attrs if name.startswith("on")], tag
    for style in document.inline["style"]:
        assert "@import" not in style
        assert re.findall(r"""url\((?!["']?(?:#|data:))[^)]*\)""", style) == []


def test_the_only_addresses_outside_the_data_are_names(text):
    bare = re.sub(r'<script type="application/json".*?</script>', "", text, flags=re.DOTALL)
    bare = re.sub(r"/\*.*?\*/", "", bare, flags=re.DOTALL)
    addresses = re.findall(r"https?://[^\s\"'`)]*|[\"'`(]//[a-z0-9-]+\.[^\s\"'`)]*", bare)
    assert [address for address in addresses if not address.startswith(NAMES)] == []


def test_the_script_asks_the_network_for_nothing(document):
    own = "\n".join(document.inline["script"])
    for way in ("fetch(", "XMLHttpRequest", "WebSocket", "EventSource", "sendBeacon", "import("):
        assert way not in own, way


def test_the_document_carries_the_page_as_it_was_built(document):
    assert document.inline["style"] == [assets.style()]
    assert document.inline["script"] == [assets.opening_script(), assets.app_script()]
    assert document.blocks["worker-script"] == assets.worker_script()


def test_leaflet_brings_its_licence(document):
    app = document.inline["script"][1]
    assert app.startswith("/*! leaflet 1.9.4\nBSD 2-Clause License")
    assert "Redistributions in binary form must reproduce" in app


def test_the_policy_allows_the_inline_parts_exactly_and_nothing_from_outside(document):
    scripts = [*document.inline["script"], document.blocks["worker-script"]]
    for tag, parts in (("script", scripts), ("style", document.inline["style"])):
        digests = [
            base64.b64encode(hashlib.sha256(part.encode()).digest()).decode() for part in parts
        ]
        assert set(document.policy[f"{tag}-src"]) == {f"'sha256-{digest}'" for digest in digests}
    assert document.policy["default-src"] == ["'none'"]
    words = " ".join(word for rule in document.policy.values() for word in rule)
    assert not re.search(r"unsafe|http|\*|'self'", words)


def test_online_tiles_open_the_policy_to_pictures_of_their_server_alone(document):
    online = OnlineTiles("https://tiles.example/{z}/{x}/{y}.png", "Somebody", 5)
    page = Document(build_document(make_journey(), make_description(), online))
    pictures = [*document.policy["img-src"], "https://tiles.example"]
    assert page.policy == document.policy | {"img-src": pictures}
    assert json.loads(page.blocks["journey-data"])["online"]["credit"] == "Somebody"


def test_the_policy_stands_before_all_that_it_governs(text, document):
    names = [tag for tag, _ in document.tags]
    assert names[:4] == ["html", "head", "meta", "meta"]
    assert document.tags[2][1] == {"charset": "utf-8"}
    assert "http-equiv" in document.tags[3][1]
    assert text.count("Content-Security-Policy") == 1


def test_no_element_is_styled_inline(document):
    assert [tag for tag, attrs in document.tags if "style" in attrs] == []


def test_the_data_blocks_are_json(document, data):
    blocks = {"journey-data", "map-options", "basemap-data", "polities-data", "worker-script"}
    assert set(document.blocks) == blocks
    assert json.loads(document.blocks["map-options"])["zoomSnap"] == 0
    assert json.loads(document.blocks["journey-data"]).keys() == data.keys()
    assert json.loads(document.blocks["basemap-data"])["type"] == "Topology"


def test_no_template_is_left(text):
    outside = re.sub(r"<(script|style)\b.*?</\1>", "", text, flags=re.DOTALL)
    assert "{{" not in outside
    assert "{%" not in outside


def test_the_document_of_the_real_journey_weighs_little():
    loaded = load_journey(PLACES)
    text = build_document(loaded.journey, loaded.description).encode()
    assert len(text) <= 1_350_000
    assert len(gzip.compress(text)) <= 400_000


def test_the_basemap_weighs_little(document):
    assert (DATA / "basemap.json").stat().st_size < 600_000
    basemap = [document.blocks[name].encode() for name in ("basemap-data", "polities-data")]
    assert sum(map(len, basemap)) < 900_000
    assert len(gzip.compress(b"".join(basemap))) < 300_000


# What a table holds is shown, never run.


@given(st.recursive(st.text() | st.integers() | st.none(), st.lists))
@example("</script>")
@example('"\\"{')
@example("\\")
@example("\ud83d\ude00 &{{ x }}\u2028")
def test_safe_json_is_the_same_value_with_nothing_that_acts(value):
    written = safe_json(value)
    assert json.loads(written) == value
    assert not set(written) & set(FORBIDDEN)


@given(st.dictionaries(st.text(), st.text() | st.lists(st.text())))
def test_safe_json_escapes_keys_and_values_and_keeps_its_own_braces(value):
    written = safe_json(value)
    assert json.loads(written) == value
    assert not set(written) & set("<>&\u2028\u2029")
    assert written.count("{") == 1


def test_safe_json_refuses_what_is_not_json():
    with pytest.raises(ValueError, match="JSON"):
        safe_json(float("nan"))


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_stays_text(hostile, document):
    place = make_place(
        "1917-05-01",
        place=hostile,
        modern_name=hostile,
        country=hostile,
        phase=hostile,
        title=hostile,
        story=hostile,
        claim=hostile,
        id=hostile,
        located_by=hostile,
        texts=(Reference(hostile, 1),),
        sources=(Source(hostile, hostile),),
    )
    description = make_description(title=hostile, subtitle=hostile, captive_phases=(hostile,))
    attacked = Document(build_document(build_journey([place]), description))
    assert attacked.tags == document.tags
    assert attacked.inline == document.inline
    read = json.loads(attacked.blocks["journey-data"])
    assert read["title"] == read["subtitle"] == hostile
    (shown,) = read["road"]
    assert {shown[field] for field in ("place", "modern", "title", "story", "claim")} == {hostile}
    assert [read["sources"][i] for i in shown["sources"]] == [{"words": hostile, "url": hostile}]
    assert not set(attacked.blocks["journey-data"]) & set("<>&\u2028\u2029")
    assert "{{" not in attacked.blocks["journey-data"]
    assert "{%" not in attacked.blocks["journey-data"]


# What the page's script reads.


TYPES = (ROOT / "page" / "journey" / "data.ts").read_text("utf-8")


def declared(name: str) -> set[str]:
    """The fields of an interface of the page, and of those it extends."""
    found = re.search(
        rf"interface {name}(?: extends (?:Omit<)?(\w+).*?)? {{\n(.*?)^}}",
        TYPES,
        re.DOTALL | re.MULTILINE,
    )
    own = set(re.findall(r"^  (\w+)\??:", found[2], re.MULTILINE))
    return own | (declared(found[1]) if found[1] else set())


def test_the_payload_has_the_fields_that_the_script_knows(data):
    assert set(data) == declared("LeanJourney")
    for stay in data["road"]:
        assert set(stay) <= declared("WayPoint")
    for area in data["areas"]:
        assert set(area) < declared("StayData")
    for mention in data["mentions"]:
        assert set(mention) < declared("Mention")
    for source in data["sources"]:
        assert set(source) <= declared("Source")


def test_places_are_told_apart(data):
    kinds = [(place["id"], place.get("type")) for place in rows(data)]
    assert kinds == [
        ("north", None),
        ("way", "way-point"),
        ("east", None),
        ("land", None),
        ("named", None),
    ]


def test_days_count_from_1970(data):
    north = row(data, "north")
    assert EPOCH + data["first"] == EPOCH + north["start"]
    assert (north["start"], north["end"]) == (-19238, -19237)
    assert (data["first"], data["last"]) == (-19238, -18659)


def test_phases_are_named(data):
    assert data["phases"] == [
        {"name": "youth", "captive": False},
        {"name": "prison", "captive": True},
    ]
    assert row(data, "east")["phase"] == 1
    assert "phase" not in row(data, "named")


def test_references_sources_and_claims_are_carried_over(data):
    north = row(data, "north")
    assert north["references"] == [{"text": "primer", "paragraph": 3}]
    assert [data["sources"][i] for i in north["sources"]] == [
        {"words": "A book, p. 4", "url": "https://example.org/4"},
        {"words": "A letter"},
    ]
    assert north["claim"] == "primer 3 has another year."
    assert data["texts"] == {"primer": "A. Author"}
    assert north["country"] == "Norway"


def test_ways_are_told_point_by_point_only_where_they_change_on_the_way():
    rows = [
        make_place("1917-05-01", id="here"),
        make_place("1917-05-03", id="one", by="rail", at=(51, 2), via=(Waymark((50.5, 5)),)),
        make_place(
            "1917-05-05", id="two", by="ship", at=(52, 1), via=(Waymark((51.2, 2.9), "", "rail"),)
        ),
    ]
    read = journey_data(build_journey(rows), make_description())
    assert [row(read, key).get("bys") for key in ("here", "one", "two")] == [
        None,
        None,
        ("rail", "ship"),
    ]


def test_an_area_brings_its_outline(data):
    assert row(data, "land")["shape"] == "naturalearth:NOR"
    assert set(data["shapes"]) == {"naturalearth:NOR"}
    assert data["shapes"]["naturalearth:NOR"]["name"] == "Norway"
    for ring in data["shapes"]["naturalearth:NOR"]["polygons"]:
        assert all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in ring)
    assert "shape" not in row(data, "north")


def test_a_silence_is_told_in_days(data):
    assert data["silences"] == [[row(data, "north")["end"], row(data, "east")["end"]]]


def one(arrived: str = "", departed: str = "", **fields) -> dict:
    journey = build_journey([make_place(arrived, departed, **fields)])
    return journey_data(journey, make_description())["road"][0]


@pytest.mark.parametrize(
    ("arrived", "departed", "words"),
    [
        ("1905-12-16", "", "3 December"),
        ("1917-05-17", "1917-08-05", "4 May – 23 July"),
        ("1917-05-17", "1917-05-17", "4 May"),
        ("1918-01-10", "1918-02-13", "28 December – 31 January"),
        ("1918-02-14", "1918-03-01", ""),
        ("1917-05", "1917-08-05", "23 July on departure"),
        ("1917-05", "1917-06", ""),
        ("1902~", "1903?", ""),
        ("1900-03-13", "", "29 February"),
    ],
)
def test_days_are_told_in_the_old_style_while_russia_kept_it(arrived, departed, words):
    assert one(arrived, departed).get("oldStyle", "") == words


@pytest.mark.parametrize(
    ("arrived", "departed", "said"),
    [
        ("1917-05-17", "1917-08", ""),
        ("1917-05~", "1917-08-05", "approximate"),
        ("1917-05-17", "1917-08?", "not certain"),
        ("1917-05~", "1917-08?", "not certain"),
        ("1917-05-17%", "", "not certain"),
    ],
)
def test_the_record_s_doubt_is_told(arrived, departed, said):
    certainty = one(arrived, departed).get("certainty", "")
    assert said in certainty
    assert bool(said) == bool(certainty)


def test_a_date_without_a_source_is_told_as_such():
    assert "no source" in one("1917", sources=(Source("unsourced: the year"),))["certainty"]


def test_what_is_empty_or_usual_is_left_out():
    assert one("1970-01-01", id="plain", place="Here", title="", story="", at=(0.0, 0.0)) == {
        "id": "plain",
        "place": "Here",
        "dates": "1 January 1970",
    }


def test_a_source_that_many_rows_name_is_written_once():
    book, letter = Source("A book"), Source("A letter", "https://example.org/")
    journey = build_journey(
        [
            make_place("1917-05-01", id="a", sources=(book,)),
            make_place("1917-06-01", id="b", sources=(letter, book)),
            make_place(id="named", role="mentioned", sources=(letter,)),
        ]
    )
    data = journey_data(journey, make_description())
    assert data["sources"] == [
        {"words": "A book"},
        {"words": "A letter", "url": "https://example.org/"},
    ]
    assert [place["sources"] for place in rows(data)] == [[0], [1, 0], [1]]


def test_ten_thousand_stops_are_no_more_than_five_megabytes(tmp_path):
    table = tmp_path / "places.csv"
    table.write_text(made_table(10_000, hops=True), encoding="utf-8")
    loaded = load_journey(table)
    assert len(build_document(loaded.journey, loaded.description).encode()) <= 5e6


def test_an_empty_journey_makes_a_document_too():
    data = journey_data(build_journey([]), make_description())
    assert (data["first"], data["last"], data["road"]) == (0, 0, [])
    assert Document(build_document(build_journey([]), make_description())).blocks
