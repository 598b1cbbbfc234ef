"""Change a file whole or not at all, one writer at a time."""

import errno
import glob
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from geo.errors import FileBusy

PATIENCE = 30  # seconds to wait for another writer
NEW_FILE_MODE = 0o644


@contextmanager
def locked(path: Path, patience: float = PATIENCE) -> Iterator[Path]:
    """Keep every other writer of `path` out; gives the real path, links followed.

    The lock is a file beside it, `.NAME.lock`, that stays: removing it would let two writers
    in. What writers that died have left is cleared away. Raises FileBusy.
    """
    path = path.resolve()
    try:
        with FileLock(path.with_name(f".{path.name}.lock"), timeout=patience):
            for stray in path.parent.glob(f".{glob.escape(path.name)}.*.tmp"):
                stray.unlink(missing_ok=True)
            yield path
    except Timeout as error:
        raise FileBusy(f"{path.name} is being written by another program; try again") from error


def replace_whole(path: Path, data: bytes) -> None:
    """Put `data` in place of the file at `path`, which keeps its mode. Call it inside `locked`."""
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


def _settle(folder: Path) -> None:
    """Have the disk remember the new name too, where the system can be asked to."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
