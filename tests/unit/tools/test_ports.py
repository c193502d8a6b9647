"""Who listens on a port."""

from __future__ import annotations

import socket

import pytest

from tools import ports, run
from tools.console import SuiteError

TABLE = """\
  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1F85 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4711 1
   1: 0100007F:1F85 0100007F:C350 01 00000000:00000000 00:00000000 00000000     0        0 4712 1
   2: 00000000:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4713 1
   3: torn
"""


def test_only_listening_sockets_of_the_port_count():
    assert ports.listening_inodes(TABLE, 8069) == {"4711"}
    assert ports.listening_inodes(TABLE, 22) == {"4713"}
    assert ports.listening_inodes(TABLE, 80) == set()


def test_listener_is_named_with_its_process(tmp_path):
    (tmp_path / "net").mkdir()
    (tmp_path / "net" / "tcp").write_text(TABLE)
    (tmp_path / "815" / "fd").mkdir(parents=True)
    (tmp_path / "815" / "comm").write_text("nginx\n")
    (tmp_path / "815" / "fd" / "3").symlink_to("socket:[4711]")
    (tmp_path / "816").mkdir()  # a process that ended meanwhile

    assert ports.listener(8069, tmp_path) == "nginx (process 815)"
    assert ports.listener(80, tmp_path) is None


def test_taken_port_is_an_error_that_offers_another():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        assert not ports.is_free(port)
        with pytest.raises(SuiteError, match=rf"port {port} is taken by .*try --port \d+"):
            run.check_port(port)
