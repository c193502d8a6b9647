"""Pieces that find Odoo, Python packages and PostgreSQL."""

from __future__ import annotations

import io
import re

import pytest

from tools import (
    cluster,
    debian_odoo,
    environment,
    odoo_source,
    paths,
    postgres_client,
    process,
    python_env,
)
from tools import server as server_module
from tools.console import Progress, SuiteError


def odoo_tree(path, version=19):
    (path / "odoo").mkdir(parents=True)
    (path / "odoo" / "release.py").write_text(f"version_info = ({version}, 0, 0, 'final', 0, '')\n")
    return path


def test_odoo_home_may_be_the_tree_or_the_package_in_it(tmp_path):
    tree = odoo_tree(tmp_path / "src")

    assert odoo_source.from_home(tree) == tree
    assert odoo_source.from_home(tree / "odoo") == tree


def test_odoo_home_of_another_series_is_refused(tmp_path):
    with pytest.raises(SuiteError, match="holds Odoo 18, Odoo 19 is needed"):
        odoo_source.from_home(odoo_tree(tmp_path, 18))


def test_odoo_home_without_odoo_names_the_missing_file(tmp_path):
    with pytest.raises(SuiteError, match=r"release\.py is missing"):
        odoo_source.from_home(tmp_path)


def test_add_ons_beside_the_package_are_used_only_when_complete(tmp_path):
    assert odoo_source.odoo_addons(tmp_path) == []
    (tmp_path / "addons" / "web" / "static" / "src").mkdir(parents=True)
    assert odoo_source.odoo_addons(tmp_path) == [tmp_path / "addons"]


def test_progress_of_a_clone_is_read():
    progress = Progress("Cloning", io.StringIO())

    odoo_source.show_git_progress("Receiving objects:  12% (5/41), 30 MiB | 9 MiB/s", progress)

    assert progress._detail == "12 %  receiving objects"


def test_mending_removes_the_half_copy_and_adds_the_missing_script(tmp_path):
    (tmp_path / "addons" / "web").mkdir(parents=True)

    debian_odoo.mend(tmp_path)

    assert not (tmp_path / "addons").exists()
    assert (tmp_path / debian_odoo.STUB).read_text() == debian_odoo.STUB_TEXT


def test_link_that_leads_nowhere_is_noticed(tmp_path):
    (tmp_path / "odoo").mkdir()
    debian_odoo.verify(tmp_path)
    (tmp_path / "odoo" / "jquery.js").symlink_to("../nowhere.js")

    with pytest.raises(SuiteError, match=r"1 links lead nowhere, the first is odoo/jquery\.js"):
        debian_odoo.verify(tmp_path)


def test_lock_files_pin_every_package_and_name_no_index():
    for name in (python_env.RUNTIME, python_env.DEV, python_env.UV):
        lines = (paths.CONFIG / name).read_text().splitlines()
        assert lines
        for line in lines:
            assert re.match(r"[a-z0-9-]+==[\w.]+( ; .*)?$", line), f"{name}: {line}"


def test_runtime_lock_and_development_lock_agree():
    def pins(name):
        lines = (paths.CONFIG / name).read_text().splitlines()
        return {line.split("==")[0]: line for line in lines if " ; " not in line}

    runtime, dev = pins(python_env.RUNTIME), pins(python_env.DEV)

    assert {name: dev[name] for name in runtime.keys() & dev.keys()} == {
        name: runtime[name] for name in runtime.keys() & dev.keys()
    }


@pytest.mark.parametrize(
    ("settings", "index"),
    [
        ("", None),
        ("global.index-url='http://a.test/simple'\n", "http://a.test/simple"),
        ("global.extra-index-url='http://b.test'\n", None),
        (
            ":env:.index-url='http://env.test'\nglobal.index-url='http://a.test'\n",
            "http://env.test",
        ),
        ("global.index-url='http://a.test'\ninstall.index-url='http://i.test'\n", "http://i.test"),
    ],
)
def test_index_of_pip_is_handed_to_uv(settings, index):
    assert python_env.parse_pip_index(settings) == index


@pytest.mark.parametrize(
    ("log", "error"),
    [
        ("ERROR: No space left on device\n", "No space left on device"),
        ("  × Failed to build `x`\n", "Failed to build `x`"),
        ("Temporary failure in name resolution\nERROR: No matching\n", "cannot be reached"),
        ("", "no message"),
    ],
)
def test_error_of_pip_in_one_line(log, error):
    assert error in python_env.pip_error(log)


def test_error_of_psql_in_one_line():
    text = 'psql: error: connection to server failed: FATAL:  role "x" does not exist\n'

    assert postgres_client.first_error(text) == 'role "x" does not exist'


def test_cluster_is_safe_against_a_power_cut_and_closed_to_the_network():
    settings = cluster.SETTINGS.format(socket="/s")

    assert "fsync = off" not in settings
    assert "listen_addresses = ''" in settings
    assert "unix_socket_permissions = 0700" in settings


def test_full_disk_is_refused_before_a_big_step(tmp_path):
    with pytest.raises(SuiteError, match="no disk space for Odoo"):
        process.check_space(tmp_path, 10**18, "Odoo")


def test_process_that_has_the_pid_of_a_dead_server_is_not_the_server():
    me = server_module.process_birth(1)

    assert me
    assert not server_module.Server("db", 1, 8069, "0").is_alive()
    assert server_module.process_birth(2**22 + 1) == ""


def test_torn_pid_file_means_no_server(tmp_path, monkeypatch):
    monkeypatch.setattr(server_module.paths, "run_dir", lambda: tmp_path)
    (tmp_path / "db.pid").write_text('{"db": "d')

    assert server_module.running("db") is None
    assert not (tmp_path / "db.pid").exists()


def test_lock_may_be_taken_again_by_its_holder_and_is_given_back(tmp_path, monkeypatch):
    monkeypatch.setattr(environment.paths, "state_dir", lambda: tmp_path)

    with environment.lock(), environment.lock():
        assert environment._held
    assert not environment._held


def test_configuration_file_names_the_parts_and_takes_more(tmp_path, monkeypatch):
    monkeypatch.setenv("SUITE_HOME", str(tmp_path))
    server = postgres_client.Postgres("/run/pg", 5432, "odoo", True, tmp_path)
    env = environment.Environment(
        odoo=tmp_path,
        addons_path=[tmp_path / "a", tmp_path / "b"],
        python=tmp_path / "bin" / "python",
        odoo_bin=tmp_path / "bin" / "odoo",
        pg=server,
        data_dir=tmp_path / "data",
        config=tmp_path / "odoo.conf",
    )

    text = environment.write_config(env, env.config, http_port=8100, list_db=True).read_text()

    assert f"addons_path = {tmp_path}/a,{tmp_path}/b\n" in text
    assert "db_host = /run/pg\n" in text
    assert "http_port = 8100\n" in text
    assert "list_db = True\n" in text
    assert env.config.stat().st_mode & 0o077 == 0
    assert env.environ()["PGHOST"] == "/run/pg"
    assert env.environ()["PATH"].startswith(f"{tmp_path}/bin:")
    assert env.environ()["PYTHONPYCACHEPREFIX"] == f"{tmp_path}/cache/pycache"
