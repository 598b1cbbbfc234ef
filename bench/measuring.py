"""What the benchmarks in Chromium share: the drag, its size and pace, and how they say on what."""

import os
import platform
import statistics
from datetime import UTC, datetime
from time import perf_counter, sleep

from playwright.sync_api import Browser, FloatRect, Page, ViewportSize

STEPS = 60
SECONDS = 3
# A drag over a huge journey is given up after so long; the table then says how far it came.
PATIENCE_SECONDS = 30
SIZE = ViewportSize(width=1920, height=1080)


def print_machine(browser: Browser) -> None:
    """What was measured on, and when: figures mean nothing without."""
    load = os.getloadavg()[0]
    print(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC · Chromium {browser.version}")
    print(f"{platform.platform()} · {os.cpu_count()} cores · load {load:.1f} before the start")


def move_along(page: Page, box: FloatRect) -> tuple[int, float]:
    """Move the pressed pointer from a fifth of the bar on; the steps made, and the seconds."""
    begun = perf_counter()
    for step in range(1, STEPS + 1):
        page.mouse.move(*point_along(box, step))
        sleep(max(0, begun + step * SECONDS / STEPS - perf_counter()))
        if perf_counter() - begun > PATIENCE_SECONDS:
            break
    return step, perf_counter() - begun


def point_along(box: FloatRect, step: int) -> tuple[float, float]:
    """Where the pointer is on the bar after so many steps."""
    across = 0.2 + 0.75 * step / STEPS
    return box["x"] + box["width"] * across, box["y"] + box["height"] / 2


def spread(times: list[float]) -> tuple[float, float, float]:
    """The median, the 95th percentile and the most of some times."""
    ordered = sorted(times)
    return statistics.median(ordered), ordered[int(len(ordered) * 0.95)], ordered[-1]
