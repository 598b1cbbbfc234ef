"""Files that have no end, or come to it too late, are left unread."""

import os
import socket

import pytest

from geo.reading import read_bounded


def test_a_file_is_read_up_to_its_bound(tmp_path):
    path = tmp_path / "places.csv"
    path.write_bytes(b"12345")
    assert read_bounded(path, 5) == b"12345"
    assert read_bounded(path, 4) is None


def test_a_larger_file_is_not_even_opened(tmp_path, monkeypatch):
    path = tmp_path / "places.csv"
    path.write_bytes(b"")
    os.truncate(path, 10**12)  # sparse: it takes no room on the disk, and hours to read

    def opened(*_, **__):
        raise AssertionError("the file was opened")

    monkeypatch.setattr(type(path), "open", opened)
    assert read_bounded(path, 20_000_000) is None


def test_a_file_that_hides_its_size_is_read_no_further_than_its_bound():
    class Endless:
        asked = 0

        def read(self, count):
            self.asked += count
            return b"x" * count

        def __enter__(self):
            return self

        def __exit__(self, *_):
            pass

    class Hidden:
        endless = Endless()

        def stat(self):
            return os.stat(__file__)

        def open(self, mode):
            return self.endless

    assert read_bounded(Hidden(), 1_000_000) is None
    assert Hidden.endless.asked == 1_000_001


def test_a_pipe_is_refused_without_waiting_for_its_writer(tmp_path):
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(OSError, match="it is a pipe, not a file"):
        read_bounded(tmp_path / "pipe.csv", 100)


def test_a_socket_is_refused(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket.csv")
        with pytest.raises(OSError, match="it is a socket, not a file"):
            read_bounded(tmp_path / "socket.csv", 100)
