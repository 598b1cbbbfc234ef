"""The server that the page comes from."""

import socket

import pytest

from dev.server import serve


def test_a_server_open_to_the_network_asks_nobody_where_it_is(monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as outside:
        outside.setblocking(False)
        proxy = f"http://127.0.0.1:{outside.getsockname()[1]}"
        for name in ("http_proxy", "https_proxy"):
            monkeypatch.setenv(name, proxy)
        monkeypatch.delenv("no_proxy", raising=False)
        with serve(address="0.0.0.0"), pytest.raises(BlockingIOError):
            outside.accept()
