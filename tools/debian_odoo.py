"""Odoo 19 from Debian's package `odoo-19`, unpacked into the cache and mended.

The package leaves out what Debian ships elsewhere: fonts and jQuery are relative links into other
packages. Unpacked into the same root, those packages make the links whole. Nothing is installed.
"""

from __future__ import annotations

import itertools
import os
import shutil
from pathlib import Path

from tools import apt, console, paths, process
from tools.console import Progress, SuiteError

SUITE = "sid"
PACKAGE = "odoo-19"
COMPANIONS = [
    "fonts-montserrat",
    "fonts-ocr-b",
    "fonts-roboto-unhinted",
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
]
# From a stable release: later suites ship Font Awesome 6 and newer, without the 4.7 file names
# that Odoo asks for, and Inconsolata without the OpenType file.
STABLE_COMPANIONS = ["fonts-font-awesome", "fonts-inconsolata"]
STABLE_SUITES = ["bookworm", "trixie"]
NEEDED_BYTES = 1_600_000_000  # 130 MB of packages, 1.3 GB unpacked

# Listed in the backend bundle of `mail` but not shipped by Debian (not free software): without
# any file of this name each page logs an error in the browser's console.
STUB = "odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js"
STUB_TEXT = "// Not shipped by Debian: the background of a video call cannot be blurred.\n"


def root() -> Path:
    """The directory that the packages are unpacked into."""
    return paths.cache_dir() / "odoo-19"


def tree(base: Path | None = None) -> Path:
    """The directory that holds the package `odoo`, under the unpacked root."""
    return (base or root()) / "usr" / "lib" / "python3" / "dist-packages"


def downloads() -> Path:
    """Where the packages wait until all of them are there."""
    return paths.cache_dir() / "debs"


def fetch() -> Path | None:
    """Fetch, unpack and mend Odoo; None where no mirror of this machine has the package."""
    process.check_space(paths.cache_dir(), NEEDED_BYTES, "Odoo")
    debs = find_and_download(SUITE, [PACKAGE, *COMPANIONS])
    if debs is None:
        return None
    debs += download_stable()
    partial = root().with_name(root().name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    with console.step("Unpacking Odoo") as progress:
        unpack(debs, partial, progress)
        mend(tree(partial))
        verify(tree(partial))
        shutil.rmtree(root(), ignore_errors=True)
        partial.rename(root())
    shutil.rmtree(downloads())  # 130 MB that nobody needs any more
    return tree()


def problem() -> str:
    """Why there is no package, in a few words for the error that follows."""
    if not apt.mirrors():
        return "no Debian mirror in this system's apt"
    log = paths.log_dir() / "apt.log"
    return apt.apt_error(log) if log.exists() else "not looked for"


def download_stable() -> list[Path]:
    """The companions that later suites have changed, from this machine's release if it is one."""
    codename = apt.os_release().get("VERSION_CODENAME", "")
    for suite in sorted(STABLE_SUITES, key=lambda name: name != codename):
        debs = find_and_download(suite, STABLE_COMPANIONS)
        if debs is not None:
            return debs
    raise SuiteError(f"the package mirror has no {' '.join(STABLE_COMPANIONS)} of a stable Debian")


def find_and_download(suite: str, packages: list[str]) -> list[Path] | None:
    """Ask each mirror for the packages and fetch them from the first that has them all."""
    for mirror in apt.mirrors():
        private = apt.PrivateApt(suite, mirror)
        with console.step(f"Reading the package lists of {suite}") as progress:
            known = private.update(progress) and private.announce(packages) is not None
            if not known:
                progress.verdict = f"no {packages[0]} there, after"
        if known:
            with console.step(f"Downloading {packages[0]}") as progress:
                return private.download(packages, downloads(), progress)
    return None


def unpack(debs: list[Path], target: Path, progress: Progress) -> None:
    """Unpack packages into one root, as `dpkg -x` does, counting the files."""
    target.mkdir(parents=True)
    count = itertools.count(1)

    def on_line(_line: str, progress: Progress) -> None:
        progress.update(text=f"{next(count)} files")

    log = paths.log_dir() / "unpack.log"
    for deb in debs:
        command = ["dpkg-deb", "--vextract", deb, target]
        if process.run(command, log_path=log, progress=progress, on_line=on_line) != 0:
            reason = process.last_line(process.tail(log))
            raise SuiteError(f"cannot unpack {deb.name}: {reason}")


def mend(packages: Path) -> None:
    """Make the unpacked tree complete."""
    # A copy of the add-ons' Python files without views and data; the real ones are in odoo/addons.
    shutil.rmtree(packages / "addons", ignore_errors=True)
    stub = packages / STUB
    if not stub.exists():
        stub.parent.mkdir(parents=True, exist_ok=True)
        stub.write_text(STUB_TEXT, encoding="utf-8")


def verify(packages: Path) -> None:
    """Refuse a tree in which a link leads nowhere: its pages or reports would be broken."""
    dangling = [
        Path(folder, name)
        for folder, folders, files in os.walk(packages)
        for name in (*folders, *files)
        if os.path.islink(Path(folder, name)) and not Path(folder, name).exists()
    ]
    if dangling:
        raise SuiteError(
            f"Odoo's package is incomplete: {len(dangling)} links lead nowhere, "
            f"the first is {dangling[0].relative_to(packages)}"
        )
