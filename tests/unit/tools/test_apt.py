"""Reading apt's answers, and noticing torn downloads; no apt is called."""

from __future__ import annotations

import hashlib

import pytest

from tools import apt
from tools.console import Progress, SuiteError

CONTENT = b"a package"
SHA256 = hashlib.sha256(CONTENT).hexdigest()
CHECK = f"{len(CONTENT)} SHA256:{SHA256}"
URIS = f"""\
Reading package lists...
'http://mirror.test/pool/o/odoo_19.0.0%2bdfsg-1_all.deb' odoo_19.0.0+dfsg-1_all.deb {CHECK}
'http://mirror.test/pool/f/fonts_3.0_all.deb' fonts_2%3a3.0_all.deb {CHECK}
"""


def test_print_uris_gives_names_as_apt_writes_the_files():
    odoo, fonts = apt.parse_print_uris(URIS)

    assert (odoo.name, odoo.size, odoo.sha256) == ("odoo_19.0.0+dfsg-1_all.deb", 9, SHA256)
    assert fonts.name == "fonts_2%3a3.0_all.deb"


def test_mirror_without_strong_checksum_is_refused():
    with pytest.raises(SuiteError, match="SHA256"):
        apt.parse_print_uris("'http://mirror.test/a.deb' a.deb 9 MD5Sum:00")


@pytest.mark.parametrize(
    ("line", "percent"),
    [
        ("dlstatus:1:42.5:Retrieving file 1 of 3", 42.5),
        ("pmstatus:dpkg-exec:80.0000:Running dpkg", 80.0),
        ("Get:1 http://mirror.test sid InRelease", None),
        ("dlstatus:1", None),
        ("dlstatus:1:x:y", None),
    ],
)
def test_status_lines(line, percent):
    assert apt.parse_status(line) == percent


def test_mirrors_are_those_of_whole_releases_and_the_own_release_first():
    text = """\
Packages main bookworm-security http://security.test/
Packages main bookworm-updates http://updates.test/
Packages main bookworm-pgdg http://postgres.test/
Packages stable bookworm http://vendor.test/
Translations main bookworm http://translations.test/
Packages main trixie http://second.test/
Packages main bookworm http://first.test/
Packages contrib bookworm http://first.test/
Packages main bookworm http://first.test/
Packages
"""
    assert apt.parse_mirrors(text, "bookworm") == ["http://first.test/", "http://second.test/"]


def test_whole_files_stay_and_torn_ones_are_deleted(tmp_path):
    odoo, fonts = apt.parse_print_uris(URIS)
    (tmp_path / odoo.name).write_bytes(CONTENT)
    (tmp_path / fonts.name).write_bytes(b"A package")  # same size, another content

    assert apt.discard_torn([odoo, fonts], tmp_path) == [fonts]
    assert [file.name for file in tmp_path.iterdir()] == [odoo.name]


class FakeApt(apt.PrivateApt):
    """Announces `URIS` and writes no configuration."""

    def __init__(self):
        self.suite = "sid"

    def announce(self, packages):
        return apt.parse_print_uris(URIS)

    def command(self, *args):
        return list(args)


@pytest.fixture
def fetched(monkeypatch, tmp_path):
    """Run apt-get by writing `content` for each package it is asked for; returns the calls."""
    calls = []

    def fake(command, log, progress, cwd=None, text=None):
        calls.append(command)
        for item in apt.parse_print_uris(URIS):
            if item.name.partition("_")[0] in command:
                (cwd / item.name).write_bytes(fake.content)
        return 0

    fake.content = CONTENT
    monkeypatch.setattr(apt, "run_with_status", fake)
    monkeypatch.setattr(apt.paths, "log_dir", lambda: tmp_path)
    fake.calls = calls
    return fake


def test_only_what_is_missing_or_torn_is_fetched(fetched, tmp_path):
    debs = tmp_path / "debs"
    debs.mkdir()
    (debs / "odoo_19.0.0+dfsg-1_all.deb").write_bytes(CONTENT[:4])
    (debs / "fonts_2%3a3.0_all.deb").write_bytes(CONTENT)

    files = FakeApt().download(["odoo", "fonts"], debs, Progress("Downloading"))

    assert fetched.calls == [["download", "odoo"]]
    assert all(file.read_bytes() == CONTENT for file in files)


def test_nothing_is_fetched_twice(fetched, tmp_path):
    FakeApt().download(["odoo", "fonts"], tmp_path / "debs", Progress("Downloading"))
    FakeApt().download(["odoo", "fonts"], tmp_path / "debs", Progress("Downloading"))

    assert len(fetched.calls) == 1


def test_download_that_stays_torn_is_an_error_and_leaves_no_torn_file(fetched, tmp_path):
    fetched.content = b"<html>login to this network</html>"
    (tmp_path / "apt.log").write_text("E: Failed to fetch it\n")

    with pytest.raises(SuiteError, match="Failed to fetch it"):
        FakeApt().download(["odoo", "fonts"], tmp_path / "debs", Progress("Downloading"))

    assert list((tmp_path / "debs").iterdir()) == []


def test_the_cause_is_quoted_not_the_summary(tmp_path):
    log = tmp_path / "apt.log"
    log.write_text("E: Failed to fetch x\nE: Some index files failed to download.\n")

    assert apt.apt_error(log) == "Failed to fetch x"


def test_configuration_touches_nothing_of_the_system(tmp_path):
    config = apt.PrivateApt("sid", "http://mirror.test/debian", tmp_path).write_config()

    text = config.read_text()
    assert 'Dir::Etc::sourceparts "-";' in text
    assert f'Dir::State::status "{tmp_path}' in text
    assert "#clear APT::Update::Post-Invoke;" in text
