"""Memory that visitors' tables took goes back to the system when they leave."""

import ctypes
import gc

# The parameters of mallopt(3) and what they are set to.
MMAP_THRESHOLD, LARGE = -3, 256 * 1024
ARENA_MAX, ARENAS = -8, 2


def give_back_large_blocks() -> None:
    """Have the C library map each large block by itself and unmap it when it is free.

    glibc would learn from the first blocks of 6 MB to cut later ones from its heaps, one for
    each thread, where a small thing that is kept behind a large one holds it in place. Another
    C library is left alone.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt:
        mallopt(MMAP_THRESHOLD, LARGE)
        mallopt(ARENA_MAX, ARENAS)


def give_back_what_is_free() -> None:
    """Free what only refers to itself, and return all free memory to the system.

    It takes some tenths of a second, for which nothing else runs: call it when much was let go.
    """
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim:
        trim(0)
