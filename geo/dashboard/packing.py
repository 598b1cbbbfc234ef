"""The map document on its way to a browser: packed once, and served at an address of its own.

As data of its component it would go through the socket unpacked, and again with every day on
which the pointer settles.
"""

import gzip

from streamlit import runtime

PACKED_TYPE = "application/gzip"
"""What neither Streamlit nor a proxy packs once more, and no browser shows as a page."""
LEVEL = 6


def pack(document: str) -> bytes:
    """Pack a document; equal ones give equal bytes, hence the same address."""
    return gzip.compress(document.encode(), LEVEL, mtime=0)


def unpack(packed: bytes) -> str:
    """Return the document that was packed."""
    return gzip.decompress(packed).decode()


def serve(packed: bytes, owner: str) -> str:
    """Serve a packed document for as long as a visit shows it; return its address for the page.

    Streamlit names it by its bytes. A document that is somebody's own is named by its `owner` too,
    a word that nobody can guess.
    """
    files = runtime.get_instance().media_file_mgr
    address = files.add(packed, PACKED_TYPE, "map document", file_name=owner or None)
    # Beside the page, as its own scripts are: before it may stand a path of the server, or of a
    # proxy that the server knows nothing of.
    return f".{address}"
