"""Change a file whole or not at all, one writer at a time."""

import errno
import glob
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from geo.errors import FileBusy, GeoError, NotWritten

if sys.platform != "win32":
    import fcntl

PATIENCE = 30  # seconds to wait for another writer
NEW_FILE_MODE = 0o644


@contextmanager
def locked(path: Path, patience: float = PATIENCE) -> Iterator[Path]:
    """Keep every other writer of `path` out; gives the real path, links followed.

    The lock is a file beside it, `.NAME.lock`, that stays: removing it would let two writers
    in. What writers that died have left is cleared away. Raises FileBusy, NotWritten.
    """
    path = path.resolve()
    lock = FileLock(path.with_name(f".{path.name}.lock"), timeout=patience)
    try:
        with _told_of(path):
            lock.acquire()
    except Timeout as error:
        raise FileBusy(f"{path.name} is being written by another program; try again") from error
    try:
        _clear_unfinished(path)
        yield path
    finally:
        lock.release()


def write_whole(path: Path, data: bytes) -> None:
    """Write a file that keeps nothing of its old self, such as an export. Raises NotWritten.

    No lock file stays beside it, for none is needed: of two writers the later wins, whole.
    """
    path = path.resolve()
    with _told_of(path), _unfinished_cleared(path):
        replace_whole(path, data)


@contextmanager
def _unfinished_cleared(path: Path) -> Iterator[None]:
    """Clear what writers that died have left of `path`, and keep what is written meanwhile.

    The lock for that is on the folder, which leaves no file: a writer shares it with all others,
    and clears only while nobody else holds it. Where the system has no such locks nothing is
    cleared, for nobody could tell a dead writer's file from a living one's.
    """
    if sys.platform == "win32":
        yield
        return
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        with suppress(OSError):
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _clear_unfinished(path)
        with suppress(OSError):
            fcntl.flock(folder, fcntl.LOCK_SH)
        yield
    finally:
        os.close(folder)


def _clear_unfinished(path: Path) -> None:
    """Remove what writers of `path` that were killed have left."""
    for stray in path.parent.glob(f".{glob.escape(path.name)}.*.tmp"):
        stray.unlink(missing_ok=True)


def replace_whole(path: Path, data: bytes) -> None:
    """Put `data` in place of the file at `path`, which keeps its mode. Call it inside `locked`.

    Raises NotWritten.
    """
    with _told_of(path):
        if path.exists() and not os.access(path, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        mode = path.stat().st_mode & 0o7777 if path.exists() else NEW_FILE_MODE
        handle, unfinished = tempfile.mkstemp(".tmp", f".{path.name}.", path.parent)
        try:
            with open(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(unfinished, mode)
            os.replace(unfinished, path)
        finally:
            Path(unfinished).unlink(missing_ok=True)
    _settle(path.parent)


@contextmanager
def _told_of(path: Path) -> Iterator[None]:
    """Tell every failure of the system as one to write `path`, not some file beside it."""
    try:
        yield
    except (GeoError, Timeout):
        raise
    except OSError as error:
        reason = error.strerror or str(error)
        raise NotWritten(error.errno or errno.EIO, reason, str(path)) from error


def _settle(folder: Path) -> None:
    """Have the disk remember the new name too, where the system can be asked to.

    A refusal is no failure: the file is written, and whole.
    """
    if os.name == "posix":
        with suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
