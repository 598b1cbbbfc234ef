"""The Chromium that the tests and the benchmarks drive: Debian's, never a downloaded one."""

import shutil
import sys
from typing import Any

from playwright.sync_api import Browser, Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")

# No request may leave the machine: names resolve to nothing, and Chromium's own errands are off.
ARGUMENTS = (
    "--no-sandbox",
    "--no-first-run",
    "--no-proxy-server",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
)


def find_browser() -> str:
    """Return the path of the Chromium on PATH; raise FileNotFoundError where there is none."""
    for name in NAMES:
        if path := shutil.which(name):
            return path
    raise FileNotFoundError(
        f"No browser on PATH ({', '.join(NAMES)}): on Debian, apt-get install chromium."
    )


def launch_browser(playwright: Playwright, **options: Any) -> Browser:
    """Start that Chromium, headless; `options` go to Playwright's `launch`."""
    return playwright.chromium.launch(
        executable_path=find_browser(), args=list(ARGUMENTS), **options
    )


if __name__ == "__main__":
    try:
        print(find_browser())
    except FileNotFoundError as missing:
        sys.exit(str(missing))
