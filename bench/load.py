"""How many viewers one server bears; run it as python -m bench.load.

The viewers are sockets from this machine to a server of its own on it, bounded in number and
time: each waits for its answer before it asks again. Processor and memory are the server's and
its children's, as Linux tells them.
"""

import asyncio
import os
import platform
import random
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter

from bench.commands import table
from bench.viewer import Viewer
from dev.server import RunningApp, serve
from geo.dashboard.departures import PATIENCE

IDLE_VIEWERS, IDLE_SECONDS = 30, 30
SETTLING = ((60, 30), (200, 30))
"""Viewers, and for how many seconds they drag and settle."""
DRAG_SECONDS = (2.0, 6.0)
"""A viewer drags and reads for so long, between two settled days."""
RERUNS = 200
TABLES, TABLE_BYTES = 10, 4_900_000
LEAVE_SECONDS = PATIENCE + 10
FIRST, DAYS = date(1879, 11, 7), 22_000


def measure() -> None:
    """Print what was measured, line by line."""
    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(f"{date.today()}, load {os.getloadavg()[0]:.1f}\n")
    with serve() as running:
        asyncio.run(idle(running))
        for viewers, seconds in SETTLING:
            asyncio.run(settle(running, viewers, seconds))
    with serve() as running:
        asyncio.run(soak(running))
        asyncio.run(open_tables(running))


async def idle(running: RunningApp) -> None:
    """Open pages that nobody touches."""
    async with viewers_of(running, IDLE_VIEWERS) as viewers:
        before = processor(running.pid)
        heard = await asyncio.gather(*(viewer.idle(IDLE_SECONDS) for viewer in viewers))
        spent = (processor(running.pid) - before) / IDLE_SECONDS
    print(f"{IDLE_VIEWERS} idle viewers: {spent:.1%} of a core, {sum(heard)} messages")


async def settle(running: RunningApp, count: int, seconds: float) -> None:
    """Let viewers drag and settle, each in its own time."""
    async with viewers_of(running, count) as viewers:
        before, begun = processor(running.pid), perf_counter()
        lists = await asyncio.gather(*(dragging(viewer, seconds) for viewer in viewers))
        spent = (processor(running.pid) - before) / (perf_counter() - begun)
        bytes_each = sum(viewer.received for viewer in viewers) // count
    times = sorted(time for own in lists for time in own)
    p50, p95 = times[len(times) // 2], times[int(len(times) * 0.95)]
    print(
        f"{count} viewers who settle: {len(times)} days, p50 {p50:.2f} s, p95 {p95:.2f} s, "
        f"most {times[-1]:.2f} s; {spent:.0%} of a core, {megabytes(running.pid):.0f} MB, "
        f"{bytes_each / 1e6:.1f} MB sent to each"
    )


async def dragging(viewer: Viewer, seconds: float) -> list[float]:
    """Settle on one day after another; return the seconds that each answer took."""
    end, times = perf_counter() + seconds, []
    await asyncio.sleep(random.uniform(0, DRAG_SECONDS[1]))
    while perf_counter() < end:
        times.append(await viewer.settle(some_day()))
        await asyncio.sleep(random.uniform(*DRAG_SECONDS))
    return times


async def soak(running: RunningApp) -> None:
    """Let one viewer settle many times."""
    async with viewers_of(running, 1) as (viewer,):
        times = []
        for name in ("first", "next", "next"):
            before = megabytes(running.pid)
            times = sorted([await viewer.settle(some_day()) for _ in range(RERUNS)])
            print(
                f"{name} {RERUNS} days settled by one viewer: {times[RERUNS // 2] * 1000:.0f} ms, "
                f"from {before:.0f} to {megabytes(running.pid):.0f} MB"
            )


async def open_tables(running: RunningApp) -> None:
    """Let visitors open large tables of their own at once, and one viewer settle meanwhile."""
    own = large_table()
    async with viewers_of(running, 1) as (viewer,):
        rest = most = megabytes(running.pid)
        async with viewers_of(running, TABLES) as visitors:
            opening = asyncio.gather(*(visitor.upload("own.csv", own) for visitor in visitors))
            settled = []
            while not opening.done():
                settled.append(await viewer.settle(some_day()))
                most = max(most, megabytes(running.pid))
                await asyncio.sleep(0.2)
            times = await opening
            most = max(most, megabytes(running.pid))
    await asyncio.sleep(LEAVE_SECONDS)
    print(
        f"{TABLES} tables of {len(own) / 1e6:.1f} MB at once: answered within {max(times):.1f} s, "
        f"memory from {rest:.0f} to {most:.0f} MB, {megabytes(running.pid):.0f} MB "
        f"{LEAVE_SECONDS} s after they left; a day settled meanwhile took "
        f"{max(settled):.2f} s at most"
    )


def large_table() -> bytes:
    """A table of 2,000 rows to be located, with long stories."""
    header, *lines = table(2_000, located=False).splitlines()
    story = (TABLE_BYTES - len(header)) // len(lines)
    full = [
        line.replace(b"He arrives", b"He arrives " + b"x" * (story - len(line) - 2))
        for line in lines
    ]
    return b"\n".join([header, *full, b""])


@asynccontextmanager
async def viewers_of(running: RunningApp, count: int) -> AsyncIterator[list[Viewer]]:
    """Open so many pages, ten at a time."""
    async with AsyncExitStack() as stack:
        viewers: list[Viewer] = []
        for begin in range(0, count, 10):
            some = [Viewer(running.url) for _ in range(min(10, count - begin))]
            viewers += await asyncio.gather(*map(stack.enter_async_context, some))
        yield viewers


def some_day() -> str:
    """Return a day of the journey."""
    return (FIRST + timedelta(days=random.randrange(DAYS))).isoformat()


def processor(pid: int) -> float:
    """Seconds of the processor that a process and its children have used."""
    ticks = 0
    for process in family(pid):
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def megabytes(pid: int) -> float:
    """Resident memory of a process and its children."""
    pages = sum(int(Path(f"/proc/{own}/statm").read_text().split()[1]) for own in family(pid))
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def family(pid: int) -> list[int]:
    """Return a process and all that descend from it."""
    children = Path(f"/proc/{pid}/task").glob("*/children")
    return [
        pid,
        *(
            own
            for file in children
            for child in file.read_text().split()
            for own in family(int(child))
        ),
    ]


if __name__ == "__main__":
    measure()
