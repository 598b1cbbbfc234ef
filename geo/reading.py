"""Read a file whole, where it is one that has an end: no pipe, no device, nothing too large."""

import errno
import stat
from pathlib import Path

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
