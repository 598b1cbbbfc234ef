"""Fixtures shared by all tests: a browser that stays on this machine, and the running app."""

import os
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import settings
from playwright.sync_api import sync_playwright

from dev.browser import launch_browser
from dev.server import serve

# A busy machine, or one that measures coverage, is no failure.
settings.register_profile("unhurried", parent=settings(), deadline=None)
settings.load_profile("unhurried")

LOCAL_SCHEMES = {"file", "data", "blob", "about"}
LOCAL_HOSTS = {"127.0.0.1", "localhost"}


def is_local(address):
    """Whether a request to this address stays on the machine."""
    parts = urlsplit(address)
    return parts.scheme in LOCAL_SCHEMES or parts.hostname in LOCAL_HOSTS


class OpenPage:
    """Opens pages and keeps what they complained of (`errors`) and asked for (`requests`).

    A test that provokes an error on purpose asserts on `errors`, then clears it.
    """

    def __init__(self, browser):
        """Take the browser to open the pages in."""
        self._browser = browser
        self._contexts = ExitStack()
        self.errors = []
        self.requests = []

    def __call__(self, target, width=1920, height=1080, **options):
        """Open an address or a file (`Path`) in a context of its own and return Playwright's Page.

        `width` and `height` are the window's, in CSS pixels; `options` go to `new_context`.
        """
        context = self._browser.new_context(viewport={"width": width, "height": height}, **options)
        self._contexts.callback(context.close)
        self._listen(context)
        page = context.new_page()
        page.goto(target.resolve().as_uri() if isinstance(target, Path) else target)
        return page

    @property
    def requests_outside(self):
        """The addresses asked for that lie outside this machine."""
        return [address for address in self.requests if not is_local(address)]

    def close(self):
        """Close every page opened."""
        self._contexts.close()

    def _listen(self, context):
        context.on("console", self._hear)
        context.on("weberror", lambda failure: self.errors.append(f"uncaught: {failure.error}"))
        context.on("request", lambda request: self.requests.append(request.url))
        context.on("page", self._listen_for_sockets)

    def _listen_for_sockets(self, page):
        page.on("websocket", lambda socket: self.requests.append(socket.url))

    def _hear(self, message):
        if message.type == "error":
            self.errors.append(f"console: {message.text} ({message.location.get('url', '')})")


@pytest.fixture(scope="session")
def browser():
    """The Chromium of this machine, headless, unable to reach any other."""
    with sync_playwright() as playwright:
        chromium = launch_browser(playwright)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser):
    """An `OpenPage`; the test fails where a page logged an error or asked for anything outside."""
    opener = OpenPage(browser)
    yield opener
    opener.close()
    complaints = [*opener.errors, *(f"left the machine: {a}" for a in opener.requests_outside)]
    if complaints:
        pytest.fail("\n".join(complaints), pytrace=False)


@pytest.fixture(scope="session")
def app():
    """The app on the project's own places: a `RunningApp` with `url` and `output`."""
    with serve() as running:
        yield running


@pytest.fixture
def app_with():
    """A function that runs the app on another CSV and returns its `RunningApp`."""
    with ExitStack() as servers:
        yield lambda places: servers.enter_context(serve(places))


def pytest_terminal_summary(terminalreporter):
    """Say beside the result which linters `./test` saw fail: green tests alone are not enough."""
    if failed := os.environ.get("FAILED_LINTERS"):
        terminalreporter.section("lint failed", red=True)
        terminalreporter.write_line(f"{failed} (their findings are above the tests)")
