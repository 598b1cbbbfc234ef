"""What travels from the server to a browser: `python -m bench.wire`.

A browser visits twice and settles on three days, counted by Chromium: the bodies and headers of
what it fetches, as they came over the wire, and the messages of the socket.
"""

import base64
import os
from collections import Counter
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page, sync_playwright

from bench.first_place import FIRST_PLACE, inner_frame, new_context
from bench.measuring import print_machine
from dev.browser import launch_browser
from dev.server import ROOT, serve

DAYS = 3
KINDS = ("streamlit", "document", "socket")


class Wire:
    """Counts the bytes that come to a page, by kind."""

    def __init__(self, page: Page) -> None:
        """Listen to the page from now on."""
        self.bytes: Counter[str] = Counter()
        self._kinds: dict[str, str] = {}
        session = page.context.new_cdp_session(page)
        session.on("Network.requestWillBeSent", self._asked)
        session.on("Network.loadingFinished", self._loaded)
        session.on("Network.webSocketFrameReceived", self._heard)
        session.send("Network.enable")

    def _asked(self, event: dict[str, object]) -> None:
        request = event["request"]
        if isinstance(request, dict):
            path = urlsplit(request["url"]).path
            document = path.endswith(".gz")
            self._kinds[str(event["requestId"])] = "document" if document else "streamlit"

    def _loaded(self, event: dict[str, object]) -> None:
        size = event["encodedDataLength"]
        if isinstance(size, int | float):
            self.bytes[self._kinds.get(str(event["requestId"]), "streamlit")] += int(size)

    def _heard(self, event: dict[str, object]) -> None:
        frame = event["response"]
        if isinstance(frame, dict):
            text = frame["payloadData"]
            binary = frame["opcode"] == 2
            self.bytes["socket"] += len(base64.b64decode(text) if binary else text.encode())


def main() -> None:
    """Visit twice, settle on days in the second visit, and print a table."""
    with sync_playwright() as playwright, serve() as app:
        browser = launch_browser(playwright)
        print_machine(browser)
        context = new_context(browser)
        rows = {
            "first visit": visit(context, app.url)[0],
            "second visit": visit(context, app.url)[0],
            "a settled day": visit(context, app.url)[1],
        }
        browser.close()
    print(f"\n| KB | {' | '.join(KINDS)} |\n|---|{'---|' * len(KINDS)}")
    for name, counted in rows.items():
        cells = (f"{counted[kind] / 1000:,.1f}" for kind in KINDS)
        print(f"| {name} | {' | '.join(cells)} |")


def visit(context: BrowserContext, url: str) -> tuple[Counter[str], Counter[str]]:
    """What came until all was shown, and then for each day that was settled on."""
    page = context.new_page()
    wire = Wire(page)
    page.goto(f"{url}/?date=1902-11-01")
    frame = inner_frame(page)
    frame.evaluate(FIRST_PLACE)
    page.get_by_test_id("stDataFrame").first.wait_for()
    page.wait_for_load_state("networkidle")
    opened = wire.bytes.copy()
    for _ in range(DAYS):
        before = page.url
        frame.locator("#next").click()
        page.wait_for_function("before => location.href !== before", arg=before)
        page.locator("[data-test-script-state='notRunning']").wait_for()
    page.close()
    total = wire.bytes - opened
    return opened, Counter({kind: size // DAYS for kind, size in total.items()})


if __name__ == "__main__":
    os.chdir(ROOT)
    main()
