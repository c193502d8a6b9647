"""wkhtmltopdf, with which Odoo prints reports as PDF."""

from __future__ import annotations

import shutil

from tools import console, packages, paths
from tools.console import SuiteError

PACKAGE = "wkhtmltopdf"


def ensure_pdf() -> bool:
    """Whether reports can be printed as PDF; never an error, because all else works without.

    What has been said once about its absence is not repeated at each start.
    """
    if shutil.which(PACKAGE):
        return True
    told = paths.state_dir() / "pdf-note"
    if told.exists():
        return False
    try:
        if not packages.has_candidate(PACKAGE):
            with console.step("Looking for wkhtmltopdf") as progress:
                packages.refresh(progress)
        if packages.has_candidate(PACKAGE):
            packages.install([PACKAGE], "wkhtmltopdf (PDF reports)")
            return True
        reason = "this release of the system has no package wkhtmltopdf"
    except SuiteError as error:
        reason = str(error)
    console.say(f"Note: reports open as HTML, not as PDF ({reason}).")
    told.touch()
    return False
