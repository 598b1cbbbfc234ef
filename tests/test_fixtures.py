"""The guards that other tests rely on: a page's complaints are seen, a dead server speaks."""

from pathlib import Path

import pytest

from dev.server import ServerFailed, serve


@pytest.fixture
def open_markup(open_page, tmp_path):
    def open_markup(markup, until):
        file = tmp_path / "page.html"
        file.write_text(f"<!doctype html><title>page</title>{markup}", encoding="utf-8")
        page = open_page(file)
        page.wait_for_function(until)
        return page

    return open_markup


def test_a_logged_error_is_kept(open_page, open_markup):
    open_markup("<script>console.error('ah'); done = true</script>", "done")
    assert [error for error in open_page.errors if "ah" in error]
    open_page.errors.clear()


def test_an_error_thrown_in_a_sandboxed_frame_is_kept(open_page, open_markup):
    frame = "<iframe sandbox='allow-scripts' srcdoc='<script>missing()</script>'></iframe>"
    script = "<script>done = false; addEventListener('load', () => { done = true })</script>"
    open_markup(script + frame, "done")
    assert [error for error in open_page.errors if "missing" in error]
    open_page.errors.clear()


def test_a_request_outside_is_stopped_and_kept(open_page, open_markup):
    image = "<img src='https://example.org/a.png' onerror='done = true'>"
    open_markup(f"<script>done = false</script>{image}", "done")
    assert open_page.requests_outside == ["https://example.org/a.png"]
    open_page.errors.clear()
    open_page.requests.clear()


def test_a_socket_to_the_outside_is_kept(open_page, open_markup):
    script = "new WebSocket('wss://example.org/a').onerror = () => { done = true }"
    open_markup(f"<script>done = false; {script}</script>", "done")
    assert open_page.requests_outside == ["wss://example.org/a"]
    open_page.errors.clear()
    open_page.requests.clear()


def test_local_requests_are_not_outside(open_page, open_markup):
    page = open_markup("<script>done = true</script>", "done")
    assert page.url in open_page.requests
    assert open_page.requests_outside == []


def test_a_server_that_does_not_start_shows_its_output():
    with pytest.raises(ServerFailed, match=r"nothing\.py"), serve(script=Path("nothing.py")):
        pass
