"""Historic names and evidence as people and programs spoil them: told in words, all at once."""

import json
import os
from pathlib import Path

import pytest

from geo.errors import ReferenceDataError
from geo.geocode.evidence import EvidenceStore
from geo.geocode.gazetteer import HISTORIC_NAMES, Gazetteer

EVIDENCE = Path(__file__).parents[2] / "data" / "evidence.json"
HEADER = "name,country,kind,latitude,longitude,authority,modern_name,citation\n"
YANOVKA = "Yanovka|Ianovka,UA,settlement,47.89,32.13,hand: near Bobrynets,Bereslavka,A map\n"


@pytest.fixture
def names(tmp_path):
    """A function that opens a gazetteer on the bytes of a table of historic names."""

    def opened(table):
        path = tmp_path / "historic_names.csv"
        path.write_bytes(table if isinstance(table, bytes) else table.encode())
        return Gazetteer(historic_names=path)

    return opened


def refused(call, *arguments):
    with pytest.raises(ReferenceDataError) as caught:
        call(*arguments)
    assert str(caught.value).splitlines() == [str(problem) for problem in caught.value.problems]
    return str(caught.value).splitlines()


# Historic names


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_historic_names_are_read_in_every_manner_of_writing(names, encoding, delimiter):
    table = (HEADER + YANOVKA).replace(",", delimiter)
    gazetteer = names(table.encode(encoding))
    assert gazetteer.problems == []
    (found,) = gazetteer.find("ianovka", kind="site") or gazetteer.find("ianovka", country="UA")
    assert (found.name, found.point, found.citation) == ("Yanovka", (47.89, 32.13), "A map")


def test_what_can_be_understood_is_understood_with_a_warning(names):
    rows = YANOVKA.replace("47.89", '"47,89"') + YANOVKA.replace("hand: near Bobrynets", "my map")
    gazetteer = names((HEADER + rows.replace("A map", "Müller")).encode("cp1252"))
    assert [str(problem) for problem in gazetteer.problems] == [
        "historic_names.csv:2: warning: is not UTF-8: the file was read as Windows-1252; "
        "save it as CSV UTF-8",
        'historic_names.csv:2: warning: latitude: "47,89" was read as 47.89; write 47.89',
        'historic_names.csv:3: warning: authority: "my map" names no authority; write '
        "geonames:…, wikidata:Q…, naturalearth:…, osm:node/… or hand: and why",
    ]


def test_all_that_is_wrong_with_historic_names_is_told_at_once(names):
    rows = [
        YANOVKA,
        YANOVKA.replace("Yanovka|Ianovka", "|"),
        "A,UK,town,nan,137,hand: a,,\n",
        "B,UA,site,137,32,hand: b,,\n",
        "C,UA,site,,32,,,\n",
        "D,UA,site\n",
    ]
    assert refused(names, HEADER + "".join(rows)) == [
        "historic_names.csv:3: name: is empty; every row needs its name",
        'historic_names.csv:3: authority: "hand: near Bobrynets" is the authority of line 2 '
        "already; add the names to that line, or name another authority",
        'historic_names.csv:4: kind: "town" is not a kind; write one of site, settlement, island, '
        "region, country, sea",
        'historic_names.csv:4: country: "UK" is not a country code (ISO 3166-1 alpha-2); write GB',
        'historic_names.csv:4: latitude: "nan" is not a number of degrees; write decimal degrees, '
        "such as 46.4775",
        'historic_names.csv:5: latitude: "137" lies beyond the pole; exchange the two: 32, 137',
        "historic_names.csv:6: latitude: is empty; every row needs its latitude",
        "historic_names.csv:6: authority: is empty; every row needs its authority",
        "historic_names.csv:6: latitude: is empty though its twin is not; write both or neither",
        "historic_names.csv:7: has 3 cells where the header has 8; put straight quotes round a "
        "cell with a delimiter in it, or fill the row up",
    ]


@pytest.mark.parametrize(
    ("table", "told"),
    [
        (b"", "the file is empty; begin with column names: id,place,arrived"),
        (b"\x89PNG", "this is a PNG picture, not a table of text; save it as CSV UTF-8"),
        (
            HEADER.replace("kind", "art") + YANOVKA,
            'historic_names.csv:1: art: "art" is not the name of a column; write one of name, '
            "country, kind, latitude, longitude, authority, modern_name, citation",
        ),
        (HEADER.replace("country,", "") + YANOVKA, "1: country: the column is missing; add a"),
        (HEADER.replace("country", "kind") + YANOVKA, '1: kind: "kind" names two columns; delete'),
    ],
)
def test_historic_names_without_their_columns_are_refused(names, table, told):
    assert told in refused(names, table)[0]


def test_the_table_of_historic_names_has_nothing_to_be_warned_of():
    assert Gazetteer(historic_names=HISTORIC_NAMES).problems == []


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda path: None, "cannot be read: No such file or directory"),
        (os.mkfifo, "cannot be read: it is a pipe, not a file; save what it gives as a file"),
    ],
)
def test_historic_names_that_cannot_be_read_are_told_of(tmp_path, make, told):
    path = tmp_path / "historic_names.csv"
    make(path)
    assert refused(lambda: Gazetteer(historic_names=path)) == [f"historic_names.csv: {told}"]


# Evidence


@pytest.fixture
def evidence(tmp_path):
    """A function that reads evidence from bytes."""

    def read(written):
        path = tmp_path / "evidence.json"
        path.write_bytes(written if isinstance(written, bytes) else written.encode())
        return EvidenceStore(path).read()

    return read


def spoilt(**changes):
    """The evidence for one place, one value a line; a change goes to a key of its candidate."""
    (name, record), *_ = json.loads(EVIDENCE.read_text(encoding="utf-8")).items()
    candidate = record["candidates"][0]
    for key, value in changes.items():
        (candidate if key in candidate and key not in ("country", "kind") else record)[key] = value
    return json.dumps({name: record}, indent=1)


def test_the_evidence_is_sound_with_a_byte_order_mark_too(evidence):
    plain = EVIDENCE.read_bytes()
    assert evidence(plain) == evidence(b"\xef\xbb\xbf" + plain)
    assert len(evidence(plain)) == len(json.loads(plain))


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"latitude": 137}, '.candidates[0].latitude: "137" is not a number from -90 to 90'),
        ({"latitude": float("nan")}, '.candidates[0].latitude: "NaN" is not a number from -90'),
        ({"longitude": "55,7"}, '.candidates[0].longitude: "55,7" is not a number from -180 to'),
        ({"population": -1}, '.candidates[0].population: "-1" is not a whole number, or null'),
        ({"km": True}, '.candidates[0].km: "true" is not a distance in km'),
        ({"matched": "x"}, '.candidates[0].matched: "x" is not one of name, alternate, historic'),
        ({"country": "UK"}, '.country: "UK" is not a country code'),
        ({"kind": "town"}, '.kind: "town" is not one of "", site, settlement, island, region'),
        ({"when": "yesterday"}, '.when: "yesterday" is not a day, such as 2026-11-21'),
        ({"query": "\ud800"}, ".query: "),
        ({"candidates": {}}, '.candidates: "{}" is not a list'),
        ({"candidates": [7]}, '.candidates[0]: "7" is not a record'),
        ({"mood": "x"}, ".mood: is an unknown key"),
    ],
)
def test_a_record_that_is_not_sound_is_told_with_its_line_and_key(evidence, changes, told):
    (line,) = refused(evidence, spoilt(**changes))
    assert line.startswith("evidence.json:2: ")
    assert told in line
    assert line.endswith("; restore the file, or remove the record")


def test_all_that_is_wrong_with_the_evidence_is_told_at_once(evidence):
    text = '{\n "a": 7,\n "b": {"when": "2026-11-21"},\n\n "a": []\n}'
    told = refused(evidence, text)
    assert (
        told[0] == 'evidence.json:2: a: "7" is not a record; restore the file, or remove the record'
    )
    assert "evidence.json:3: b.query: is missing; restore the file, or remove the record" in told
    assert told[-2:] == [
        "evidence.json:5: a: stands in line 2 already; restore the file, or remove the record",
        'evidence.json:5: a: "[]" is not a record; restore the file, or remove the record',
    ]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (b"", ":1: does not hold evidence: Expecting value"),
        (b'{\n "a": }', ":2: does not hold evidence: Expecting value"),
        (b"[]", ": does not hold evidence: no object of records by id"),
        (b"[" * 100_000, ": does not hold evidence: maximum recursion depth exceeded"),
        (b"9" * 10_000, ": does not hold evidence: Exceeds the limit"),
        ('{\n "M\xfcnchen": 1}'.encode("cp1252"), ":2: is not UTF-8; save it as UTF-8"),
        (b"\xff\xfe{\0}\0", ":1: is not UTF-8; save it as UTF-8"),
    ],
)
def test_what_holds_no_evidence_is_refused_in_words(evidence, written, told):
    (line,) = refused(evidence, written)
    assert line.startswith(f"evidence.json{told}")


def test_evidence_that_is_a_pipe_is_refused_at_once(tmp_path):
    os.mkfifo(tmp_path / "evidence.json")
    assert refused(EvidenceStore(tmp_path / "evidence.json").read) == [
        "evidence.json: cannot be read: it is a pipe, not a file; save what it gives as a file"
    ]
