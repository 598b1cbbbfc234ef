"""The app's own server, on a port nobody uses, for the tests and the benchmarks."""

import os
import re
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 60
STOP_SECONDS = 10
POLL_SECONDS = 0.05


class ServerFailed(RuntimeError):
    """The server did not start; the message ends with what it printed."""


@dataclass(frozen=True, slots=True)
class RunningApp:
    """A started app: its address without a trailing slash, its output's file, and its process."""

    url: str
    log: Path
    pid: int

    @property
    def output(self) -> str:
        """Everything the server has printed so far."""
        return _read(self.log)


@contextmanager
def serve(
    places: Path | str | None = None,
    script: Path = ROOT / "streamlit_app.py",
    port: int = 0,
    address: str = "127.0.0.1",
) -> Iterator[RunningApp]:
    """Run the app while the block lasts; yield a `RunningApp` that answers.

    `places` is the path of another CSV, handed over as the environment variable JOURNEY_PLACES;
    `port` is one that another server has had, 0 for any that is free;
    `address` is where it listens, 0.0.0.0 for every network of this machine.
    Raises ServerFailed, with the server's output, where it ends early or does not answer in time.
    """
    with tempfile.TemporaryDirectory(prefix="journey-map-") as folder:
        log = Path(folder) / "server.log"
        process, url = _start(script, _environment(places), log, address, port)
        try:
            yield RunningApp(url, log, process.pid)
        finally:
            _stop(process)


def _environment(places: Path | str | None) -> dict[str, str]:
    environment = {name: os.environ[name] for name in os.environ if name != "JOURNEY_PLACES"}
    if places is not None:
        environment["JOURNEY_PLACES"] = str(Path(places).resolve())
    return environment


def _start(
    script: Path, environment: dict[str, str], log: Path, address: str, port: int
) -> tuple[subprocess.Popen[bytes], str]:
    process = _launch(script, environment, log, address, port)
    deadline = monotonic() + START_SECONDS
    while _runs_on(process) and monotonic() < deadline:
        url = _url(log)
        if url and _is_healthy(f"{url}/_stcore/health"):
            return process, url
    _stop(process)
    raise ServerFailed(f"{Path(script).name} did not start. The server printed:\n{_read(log)}")


def _launch(
    script: Path, environment: dict[str, str], log: Path, address: str, port: int
) -> subprocess.Popen[bytes]:
    # Port 0: the operating system picks a free one, and the server prints its address.
    options = ["--server.headless=true", f"--server.address={address}", f"--server.port={port}"]
    with log.open("wb") as output:
        return subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", str(script), *options],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )


def _runs_on(process: subprocess.Popen[bytes]) -> bool:
    """Wait a moment; tell whether the process is still there."""
    try:
        process.wait(POLL_SECONDS)
    except subprocess.TimeoutExpired:
        return True
    return False


def _url(log: Path) -> str | None:
    found = re.search(r"http://localhost(:\d+\S*)", _read(log))
    return f"http://127.0.0.1{found[1]}" if found else None


def _read(log: Path) -> str:
    return log.read_text(encoding="utf-8", errors="replace")


def _is_healthy(health: str) -> bool:
    # Straight to the machine itself, whatever proxy the environment names.
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(health, timeout=1) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
