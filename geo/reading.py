"""Read a file whole, where it is one that has an end: no pipe, no device, nothing too large."""

import errno
import stat
from pathlib import Path

from geo.problems import Findings

# What else may stand under a file's name; to read it may take for ever.
KINDS = {
    stat.S_IFIFO: "a pipe",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFSOCK: "a socket",
}


def read_bounded(path: Path, max_bytes: int) -> bytes | None:
    """The bytes of the file at `path`; None, and unread, where it has more than `max_bytes`.

    Raises OSError for what cannot be read, and at once for a pipe, a device or a socket.
    """
    status = path.stat()
    if kind := KINDS.get(stat.S_IFMT(status.st_mode)):
        wish = f"it is {kind}, not a file; save what it gives as a file"
        raise OSError(errno.EINVAL, wish, str(path))
    if status.st_size > max_bytes:
        return None
    with path.open("rb") as file:
        data = file.read(max_bytes + 1)
    return None if len(data) > max_bytes else data


def read_text(path: Path, max_bytes: int, findings: Findings, shorten: str) -> str | None:
    """The UTF-8 text of the file at `path`; None, told in `findings`, where there is none to read.

    `shorten` is the repair of a file of more than `max_bytes`. Raises FileNotFoundError.
    """
    try:
        data = read_bounded(path, max_bytes)
        if data is None:
            findings.error(f"is larger than {max_bytes / 1e6:g} MB", shorten)
        return None if data is None else data.decode("utf-8-sig")
    except FileNotFoundError:
        raise
    except OSError as error:
        findings.error(f"cannot be read: {error.strerror or error}", "")
    except UnicodeDecodeError as error:
        findings.line = error.object.count(b"\n", 0, error.start) + 1
        findings.error("is not UTF-8", "save it as UTF-8")
    return None
