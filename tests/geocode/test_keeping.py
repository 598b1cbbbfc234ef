"""Writing the table back: whole or not at all, one writer at a time, and nothing is lost."""

import multiprocessing
import os
import random
import signal
import stat

import pytest

from geo import files
from geo.errors import FileBusy, NotWritten
from geo.files import locked
from geo.geocode.keeping import add_row, keep
from geo.table.file import parse_file

TABLE = b"id,place,story\na,Paris,\nb,Wien,\n"
ROME = {"id": "c", "place": "Rome"}


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "places.csv"
    path.write_bytes(TABLE)
    return path


def cells(path):
    return [row.cells for row in parse_file(path.read_bytes()).rows]


def litter(path):
    return list(path.parent.glob("*.tmp"))


def test_a_row_is_added_and_every_other_byte_stays(table):
    add_row(table, ROME, None)
    assert table.read_bytes() == TABLE + b"c,Rome,\n"


def test_keeping_nothing_leaves_the_file_untouched(table):
    before = table.stat()
    assert keep(table, []) == []
    assert (table.stat().st_ino, table.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert table.read_bytes() == TABLE


def test_the_mode_and_the_link_stay(table, tmp_path):
    link = tmp_path / "link.csv"
    table.chmod(0o640)
    link.symlink_to(table)
    add_row(link, ROME, None)
    assert link.is_symlink()
    assert stat.S_IMODE(table.stat().st_mode) == 0o640
    assert cells(table)[-1][:2] == ("c", "Rome")


def test_a_file_that_another_holds_is_busy(table):
    with locked(table), pytest.raises(FileBusy), locked(table, patience=0):
        pass


# Whole or not at all


def _write_for_ever(path, told):
    """Add one row after another; tell each time the disk is being waited for."""
    fsync = os.fsync

    def telling(handle):
        told.send_bytes(b".")
        fsync(handle)

    files.os.fsync = telling
    for number in range(len(cells(path)), 1_000_000):
        add_row(path, {"id": f"row-{number}", "place": "Paris", "story": "end"}, None)


def test_a_hundred_kills_in_mid_write_leave_a_whole_file(table):
    rows = "".join(f"row-{number},Nowhere,{'x' * 100}\n" for number in range(300))
    before = f"id,place,story\n{rows}".encode()
    table.write_bytes(before)
    fork, chance, cut_short = multiprocessing.get_context("fork"), random.Random(1917), 0
    for _ in range(100):
        heard, told = fork.Pipe(duplex=False)
        writer = fork.Process(target=_write_for_ever, args=(table, told))
        writer.start()
        for _ in range(chance.randint(1, 6)):
            heard.recv_bytes()
        os.kill(writer.pid, signal.SIGKILL)
        writer.join()
        cut_short += len(litter(table))
        added = cells(table)[300:]
        assert table.read_bytes().startswith(before)
        assert added == [(f"row-{300 + n}", "Paris", "end") for n in range(len(added))]
        assert table.read_bytes().endswith(b"\n")
    assert cut_short > 0
    assert cells(table)[300:]
    add_row(table, ROME, None)
    left = sorted(file.name for file in table.parent.iterdir())
    assert left == [".places.csv.lock", "places.csv"]


def _die(*_):
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize("step", ["fsync", "chmod", "replace"])
def test_death_at_any_step_leaves_the_old_file_and_its_litter_is_cleared(table, step, monkeypatch):
    monkeypatch.setattr(files.os, step, _die)
    writer = multiprocessing.get_context("fork").Process(target=add_row, args=(table, ROME, None))
    writer.start()
    writer.join()
    monkeypatch.undo()
    assert writer.exitcode == -signal.SIGKILL
    assert table.read_bytes() == TABLE
    assert len(litter(table)) == 1
    add_row(table, ROME, None)
    assert litter(table) == []


def test_a_full_disk_leaves_the_old_file_and_no_litter(table, monkeypatch):
    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(NotWritten, match="No space left"):
        add_row(table, ROME, None)
    assert table.read_bytes() == TABLE
    assert litter(table) == []


def _add_many(path, who):
    for number in range(25):
        add_row(path, {"id": f"{who}-{number}", "place": "Paris", "story": who}, None)


def test_two_maintainers_at_once_lose_nothing(table):
    table.write_bytes(b"id,place,story\n")
    fork = multiprocessing.get_context("fork")
    writers = [fork.Process(target=_add_many, args=(table, who)) for who in ("anna", "boris")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0]
    expected = {(f"{who}-{n}", "Paris", who) for who in ("anna", "boris") for n in range(25)}
    assert set(cells(table)) == expected
