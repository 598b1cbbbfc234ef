"""Files spoilt byte by byte: whatever is in them, the answer is in words and an exit code."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.cli import main as commands
from geo.errors import GeoError, PlacesError
from geo.geocode.evidence import EvidenceStore
from geo.geocode.gazetteer import HISTORIC_NAMES, Gazetteer
from geo.geocode.historic_names import read_historic_names
from geo.loading import load_journey
from geo.table.edits import with_cells, with_row
from geo.table.reader import read_places

DATA = Path(__file__).parents[1] / "data"
PLACES = (
    "id,place,modern_name,country,kind,role,phase,arrived,departed,title,story,texts,claim,"
    "sources,latitude,longitude,located_by\n"
    'odessa-1888,Odessa,Odesa,UA,settlement,stop,youth,1888-23,1896~,"School, by the sea",He lives '
    "there.,addison:5,,My Life <https://a.example>,46.4857,30.7438,geonames:698740\n"
    "wien-1907,Wien,,AT,,,emigration,1907-10,1914-08-03,Café,,,,,,,\n"
)
SMALL = {
    "places.csv": PLACES.encode(),
    "journey.toml": (DATA / "journey.toml").read_bytes(),
    "evidence.json": b"".join(
        (DATA / "evidence.json").read_bytes().partition(b'\n "amherst')[:1]
    ).rstrip(b",")
    + b"\n}\n",
    "historic_names.csv": b"".join(HISTORIC_NAMES.read_bytes().splitlines(keepends=True)[:4]),
}
PIECES = st.sampled_from(
    [
        *(
            bytes([b])
            for b in b"\0\x1b\r\n\t ,;\"'#=|:<>{}[]()\\/+-~?%019aZ\x80\x81\xa0\xc3\xe9\xff"
        ),
        *("é", "Ã¼", "Ìîñêâà", "\u202e", "\ufeff", "\ud7ff", "𝟗", "²"),
        *(b"nan", b"-inf", b"137", b"55,7", b"1e999", b"0x" + b"f" * 5000, b"9" * 5000, b"true"),
        *(b"null", b"\\ud800", b"\\u0000", b"[[texts]]", b"lat", b"coordinates", b"=1+1", b"#REF!"),
        *(b"1920-24", b"9999-12-31", b"0:00", b"javascript:x", b"[" * 5000, b'{"a":' * 5000),
    ]
).map(lambda piece: piece.encode() if isinstance(piece, str) else piece)
PLACE_OF_CHANGE = st.floats(0, 1)
# Where, as a part of the file; how many bytes go; what comes in their place.
CHANGES = st.lists(
    st.tuples(PLACE_OF_CHANGE, st.integers(0, 12), PIECES | st.binary(max_size=4)), max_size=5
)
ENCODINGS = st.sampled_from(["utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "cp1252", "cp1251"])


@st.composite
def spoilt(draw, name):
    """The bytes of one of the files, changed here and there, perhaps in another encoding."""
    data = SMALL[name]
    for where, length, piece in draw(CHANGES):
        at = int(where * len(data))
        data = data[:at] + piece + data[at + length :]
    return (
        data.decode("utf-8", "replace").encode(draw(ENCODINGS), "ignore")
        if draw(st.booleans())
        else data
    )


def bounded(examples):
    """As many examples each time, however long a busy machine takes."""
    slow = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]
    return settings(max_examples=examples, deadline=None, suppress_health_check=slow)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with the four files as they ought to be."""
    return tmp_path_factory.mktemp("spoilt")


def fill(folder, **spoilt):
    for name, data in SMALL.items():
        (folder / name).write_bytes(spoilt.get(name.partition(".")[0], data))


def answers(read, *arguments):
    """Call a reader: its own errors are answers, and their words are fit for any terminal."""
    try:
        return read(*arguments)
    except GeoError as error:
        assert str(error)
        str(error).encode()
        return None


def test_what_is_spoilt_here_is_sound_before(folder):
    fill(folder)
    assert load_journey(folder / "places.csv").table.problems == ()
    assert len(EvidenceStore(folder / "evidence.json").read()) == 1
    assert len(read_historic_names(folder / "historic_names.csv")[0]) == 3


@bounded(200)
@given(spoilt("places.csv"))
def test_any_table_is_read_or_told_of(data):
    read = read_places(data)
    for problem in read.problems:
        str(problem).encode()
    for change in ({"latitude": "1.5", "longitude": "-2", "located_by": "hand: x"}, {"title": "é"}):
        try:
            changed = with_cells(data, {"wien-1907": change})
            with_row(data, {"id": "new", "place": "Wien"})
        except PlacesError:
            continue
        assert len(read_places(changed).places) >= len(read.places) - 1


@bounded(200)
@given(spoilt("journey.toml"))
def test_any_description_is_read_or_told_of(folder, data):
    fill(folder, journey=data)
    answers(load_journey, folder / "places.csv")


@bounded(200)
@given(spoilt("evidence.json"))
def test_any_evidence_is_read_or_told_of(folder, data):
    fill(folder, evidence=data)
    store = EvidenceStore(folder / "evidence.json")
    if (known := answers(store.read)) is not None:
        store.update({f"new-{name}": record for name, record in known.items()})


@bounded(200)
@given(spoilt("historic_names.csv"))
def test_any_table_of_historic_names_is_read_or_told_of(folder, data):
    fill(folder, historic_names=data)
    answers(read_historic_names, folder / "historic_names.csv")


@bounded(25)
@given(st.sampled_from(sorted(SMALL)).flatmap(lambda name: st.tuples(st.just(name), spoilt(name))))
def test_every_command_ends_in_words_and_an_exit_code(folder, monkeypatch, spoilt):
    name, data = spoilt
    fill(folder, **{name.partition(".")[0]: data})
    historic = folder / "historic_names.csv"
    monkeypatch.setattr(commands, "open_gazetteer", lambda: Gazetteer(historic_names=historic))
    places = str(folder / "places.csv")
    for arguments in (
        ["check", places],
        ["check", "--json", "--strict", places],
        ["explain", "odessa-1888", places],
        ["find", "Yanovka"],
        ["export", str(folder / "map.geojson"), "--places", places],
    ):
        result = CliRunner().invoke(commands.main, arguments)
        assert isinstance(result.exception, SystemExit | None), arguments
        assert result.exit_code in (0, 1, 2)
        assert result.output
