"""Chromium, for browser tours and pictures."""

from __future__ import annotations

import shutil

from tools import packages
from tools.console import SuiteError

# The names under which Odoo's own test browser looks for it.
NAMES = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")


def find_browser() -> str | None:
    """Path of an installed Chromium or Chrome."""
    return next((path for path in map(shutil.which, NAMES) if path), None)


def ensure_browser() -> str:
    """Path of Chromium, installed when it is missing."""
    found = find_browser()
    if found:
        return found
    packages.install(["chromium", "fonts-dejavu-core"], "Chromium (browser tests)")
    found = find_browser()
    if not found:
        raise SuiteError("Chromium was installed, but there is no program `chromium` on PATH")
    return found
