"""System packages: the only thing the suite changes outside its own directories.

PostgreSQL, Chromium, wkhtmltopdf, python3-venv: each is installed when it is missing, announced
before, and needs root or sudo.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from tools import console, paths
from tools.apt import apt_error, run_with_status
from tools.console import Progress, SuiteError


def root_prefix() -> list[str] | None:
    """What to put before a command that needs root; None where this user cannot become root."""
    if paths.is_root():
        return []
    if not shutil.which("sudo"):
        return None
    quiet = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    if quiet.returncode == 0:
        return ["sudo", "-n"]
    return ["sudo"] if sys.stdin.isatty() else None


def has_candidate(package: str) -> bool:
    """Whether the system's apt lists know an installable version of the package."""
    if not shutil.which("apt-cache"):
        return False
    text = subprocess.run(
        ["apt-cache", "policy", package],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    ).stdout
    return "Candidate:" in text and "Candidate: (none)" not in text


def refresh(progress: Progress) -> None:
    """Read the system's package lists; a failure shows when the package is then not found."""
    prefix = root_prefix()
    if prefix is not None:
        log = paths.log_dir() / "apt.log"
        run_with_status([*prefix, "apt-get", "-q", "update"], log, progress)


def install(packages: list[str], why: str) -> None:
    """Install system packages, or say in one line how to do it by hand. `why` names the purpose."""
    by_hand = f"apt-get install --no-install-recommends {' '.join(packages)}"
    prefix = root_prefix() if shutil.which("apt-get") else None
    if prefix is None:
        raise SuiteError(f"{why} is missing and needs root to install; run as root: {by_hand}")
    log = paths.log_dir() / "apt.log"
    console.say(f"{why}: installing the system package {' '.join(packages)}")
    if prefix == ["sudo"]:
        subprocess.run(["sudo", "-v"], check=False)  # asks for the password first
    with console.step(f"Installing {' '.join(packages)}") as progress:
        if not all(has_candidate(package) for package in packages):
            refresh(progress)
        command = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "install"]
        command += ["-y", "--no-install-recommends", *packages]
        if run_with_status(command, log, progress) != 0:
            refresh(progress)  # lists older than the mirror name files that are gone
            if run_with_status(command, log, progress) != 0:
                raise SuiteError(
                    f"{why} could not be installed: {apt_error(log)} (by hand: {by_hand})"
                )
