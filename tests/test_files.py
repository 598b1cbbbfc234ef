import errno
import multiprocessing
import os
import signal
import stat
import subprocess
from pathlib import Path

import pytest

from geo import files
from geo.errors import GeoError, NotWritten
from geo.files import locked, replace_whole, write_whole

PROJECT = Path(__file__).parents[1]


def write_locked(path, data):
    with locked(path) as real:
        replace_whole(real, data)


WRITERS = pytest.mark.parametrize("write", [write_locked, write_whole])


def names_in(folder):
    return sorted(path.name for path in folder.iterdir())


def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)


def killed(write, *arguments):
    """Run it in a process of its own, which is to die of it."""
    process = multiprocessing.get_context("fork").Process(target=write, args=arguments)
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL


@WRITERS
def test_a_link_stays_a_link_and_a_mode_stays(tmp_path, write):
    real, link = tmp_path / "real.html", tmp_path / "map.html"
    real.write_bytes(b"old")
    real.chmod(0o640)
    link.symlink_to(real.name)
    write(link, b"new")
    assert os.readlink(link) == "real.html"
    assert (real.read_bytes(), stat.S_IMODE(real.stat().st_mode)) == (b"new", 0o640)


@WRITERS
@pytest.mark.parametrize("step", ["fsync", "chmod", "replace"])
def test_what_a_killed_writer_left_is_cleared_by_the_next(tmp_path, monkeypatch, write, step):
    path, neighbour = tmp_path / "map.html", tmp_path / ".other.html.abc.tmp"
    path.write_bytes(b"old")
    neighbour.write_bytes(b"of another file")
    monkeypatch.setattr(files.os, step, die)
    killed(write, path, b"new")
    monkeypatch.undo()
    assert path.read_bytes() == b"old"
    assert len(list(tmp_path.glob(".map.html.*.tmp"))) == 1
    write(path, b"new")
    assert path.read_bytes() == b"new"
    assert not list(tmp_path.glob(".map.html.*.tmp"))
    assert neighbour.exists()


def test_what_needs_no_lock_leaves_none(tmp_path):
    write_whole(tmp_path / "map.html", b"new")
    assert names_in(tmp_path) == ["map.html"]


def test_a_living_writers_file_is_not_cleared(tmp_path, monkeypatch):
    path = tmp_path / "map.html"
    replace, at_once = os.replace, []

    def meanwhile(source, target):
        monkeypatch.setattr(os, "replace", replace)
        write_whole(path, b"another's")
        at_once.append(Path(source).exists())
        replace(source, target)

    monkeypatch.setattr(os, "replace", meanwhile)
    write_whole(path, b"ours")
    assert at_once == [True]
    assert path.read_bytes() == b"ours"
    assert names_in(tmp_path) == ["map.html"]


@WRITERS
@pytest.mark.parametrize("step", ["tempfile.mkstemp", "os.fsync", "os.replace"])
def test_a_full_disk_is_named_with_the_file_which_stays(tmp_path, monkeypatch, write, step):
    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/some/file/beside/it")

    path = tmp_path / "map.html"
    path.write_bytes(b"old")
    monkeypatch.setattr(step, full)
    with pytest.raises(NotWritten) as caught:
        write(path, b"new")
    assert isinstance(caught.value, GeoError)
    assert caught.value.errno == errno.ENOSPC
    assert str(caught.value) == (
        f"{path} could not be written: No space left on device; it was left as it was."
    )
    assert path.read_bytes() == b"old"
    assert not list(tmp_path.glob(".*.tmp"))


def test_a_lock_that_cannot_be_made_is_told_of_the_file(tmp_path, monkeypatch):
    def full(*_, **__):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/the/lock")

    monkeypatch.setattr("filelock.FileLock.acquire", full)
    with pytest.raises(NotWritten, match=r"places\.csv could not be written: No space left"):
        write_locked(tmp_path / "places.csv", b"new")


def test_a_folder_that_does_not_settle_is_no_failure(tmp_path, monkeypatch):
    fsync = os.fsync

    def of_files_only(handle):
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        fsync(handle)

    monkeypatch.setattr(os, "fsync", of_files_only)
    write_whole(tmp_path / "map.html", b"new")
    assert (tmp_path / "map.html").read_bytes() == b"new"


def test_what_is_left_beside_a_file_is_ignored_by_git(tmp_path):
    left = ["data/.places.csv.lock", "data/.places.csv.x1y2.tmp", ".map.html.x1y2.tmp"]
    (tmp_path / ".gitignore").write_bytes((PROJECT / ".gitignore").read_bytes())
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    told = subprocess.run(
        ["git", "-C", tmp_path, "check-ignore", "data/places.csv", *left],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.split() == left
