"""The proxy's configuration, tried with nginx where that is installed."""

import re
import shutil
import socket
import subprocess
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from dev.documents import scroll_below
from dev.server import serve

CONFIGURATION = Path(__file__).parents[2] / "docs" / "nginx.conf"
MAIN = """
worker_processes 1;
daemon off;
error_log {folder}/error.log;
pid {folder}/nginx.pid;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {configuration};
}}
"""


@pytest.fixture
def proxy(tmp_path):
    """Two replicas behind nginx, on ports that are free; the address of the proxy."""
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if not nginx:
        pytest.skip("nginx is not installed")
    with serve() as one, serve() as other, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        ports = {"8501": urlsplit(one.url).port, "8502": urlsplit(other.url).port, "8080": port}
        text = re.sub(
            r"\b(8501|8502|8080)\b", lambda found: str(ports[found[1]]), CONFIGURATION.read_text()
        )
        (tmp_path / "site.conf").write_text(text.replace("listen ", "listen 127.0.0.1:"))
        main = tmp_path / "nginx.conf"
        main.write_text(MAIN.format(folder=tmp_path, configuration=tmp_path / "site.conf"))
        free.close()
        process = subprocess.Popen([nginx, "-c", main, "-e", tmp_path / "error.log"])
        try:
            assert answers(process, port), (tmp_path / "error.log").read_text()
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait()


def answers(process, port):
    """Wait until somebody listens on a port; whether the process is still there by then."""
    while process.poll() is None:
        with socket.socket() as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                return True
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.05)
    return False


def test_a_visit_through_the_proxy_has_its_map_its_tables_and_its_downloads(proxy, open_page):
    page = open_page("about:blank")
    page.set_default_timeout(20_000)
    page.goto(f"{proxy}/?date=1917-05-17")
    frame = page.frame_locator("iframe[title='Journey map']")
    expect(frame.locator("#card-place")).to_have_text("Petrograd")
    frame.locator("#next").click()
    page.wait_for_url(re.compile(r"date=1917-(?!05-17)"))
    scroll_below(page)
    page.get_by_role("tab", name="Downloads").click()
    with page.expect_download() as begun:
        page.get_by_test_id("stDownloadButton").filter(has_text="Table (CSV)").click()
    assert begun.value.path().read_bytes().startswith(b"id,place")
    page.get_by_role("tab", name="Your own journey").click()
    table = b"id,place,country,arrived\nparis,Paris,FR,1902\nrome,Rome,IT,1903\n"
    file = {"name": "mine.csv", "mimeType": "text/csv", "buffer": table}
    page.locator("input[type=file]").set_input_files(file)
    expect(frame.locator("#title")).to_have_text("mine")
