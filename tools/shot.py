"""Pictures of pages of a running Odoo, as a logged-in user sees them.

By hand, with the server of `./suite run`:

  python3 -m tools.shot /odoo/crm pipeline.png
  python3 -m tools.shot /odoo/crm phone.png --mobile --width 400
"""

from __future__ import annotations

import argparse
import base64
import importlib.util
import json
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path
from typing import TYPE_CHECKING

from tools.console import SuiteError, say

if TYPE_CHECKING:
    from tools.chrome import Page

# A view has been drawn: the web client's, or a page of the portal or the public site.
ANY_PAGE = ".o_action_manager .o_view_controller, .o_action_manager .o_action, #wrapwrap"


@dataclass(frozen=True)
class Shot:
    """What became of a picture."""

    found: bool  # the awaited element appeared
    seconds: float
    problems: list[str]  # errors of the browser's console and fonts that did not load


@dataclass(frozen=True)
class Visitor:
    """Who looks, and where; an empty login is an anonymous visitor."""

    base: str = "http://127.0.0.1:8069"
    db: str = "suite"
    login: str = "admin"
    password: str = "admin"


@dataclass(frozen=True)
class Frame:
    """What the picture shows: size in CSS pixels, and the element that must be there."""

    width: int = 1400
    height: int = 900
    mobile: bool = False
    wait_css: str = ANY_PAGE
    timeout: float = 120  # seconds


def shoot(
    visitor: Visitor,
    path: str,
    out: Path,
    frame: Frame = Frame(),
    steps: Sequence[str] = (),
) -> Shot:
    """Open the page at `path` and save it as PNG.

    `steps` are JavaScript expressions run one after another before the picture; the page may
    come to rest after each. A picture is saved also when the awaited element does not appear:
    it shows what is there instead.
    """
    from tools.chrome import Browser  # needs a package of the tests' environment

    started = time.monotonic()
    with Browser() as browser:
        page = browser.page
        page.call(
            "Emulation.setDeviceMetricsOverride",
            width=frame.width,
            height=frame.height,
            deviceScaleFactor=1,
            mobile=frame.mobile,
        )
        if frame.mobile:
            page.call("Emulation.setTouchEmulationEnabled", enabled=True)
        if visitor.login:
            session = open_session(visitor)
            page.call("Network.setCookie", name="session_id", value=session, url=visitor.base)
        page.call("Page.navigate", url=visitor.base + path)
        is_there = f"!!document.querySelector({json.dumps(frame.wait_css)})"
        found = page.wait(lambda: bool(page.evaluate(is_there)), frame.timeout)
        settle(page)
        for expression in steps:
            page.evaluate(expression)
            settle(page)
        fonts = page.evaluate(BROKEN_FONTS)
        problems = page.problems + [f"font not loaded: {name}" for name in fonts]
        picture = page.call("Page.captureScreenshot", format="png")["data"]
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(base64.b64decode(picture))
    return Shot(found, time.monotonic() - started, problems)


BROKEN_FONTS = """
    document.fonts.ready.then(() =>
        [...document.fonts].filter((font) => font.status === "error").map((font) => font.family))
"""


def settle(page: Page) -> None:
    """Wait until requests, fonts and animations have come to rest (at most 20 seconds)."""
    page.wait(page.is_quiet, 20)
    page.evaluate("document.fonts.ready.then(() => true)")
    finished = "document.getAnimations().every((item) => item.playState !== 'running')"
    page.wait(lambda: bool(page.evaluate(finished)), 3)


def open_session(visitor: Visitor) -> str:
    """Log in over HTTP; returns the session's cookie."""
    jar = CookieJar()
    opener = urllib.request.build_opener(
        urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(jar)
    )
    who = {"db": visitor.db, "login": visitor.login, "password": visitor.password}
    body = {"jsonrpc": "2.0", "params": who}
    request = urllib.request.Request(
        f"{visitor.base}/web/session/authenticate",
        json.dumps(body).encode(),
        {"Content-Type": "application/json"},
    )
    try:
        with opener.open(request, timeout=120) as reply:
            answer = json.load(reply)
    except (urllib.error.URLError, OSError) as error:
        raise SuiteError(f"no Odoo answers at {visitor.base}: {error}") from error
    session = next((cookie.value for cookie in jar if cookie.name == "session_id"), None)
    if not answer.get("result", {}).get("uid") or not session:
        reason = answer.get("error", {}).get("data", {}).get("message", "wrong password?")
        raise SuiteError(f"cannot log in to {visitor.db} as {visitor.login}: {reason}")
    return session


def main(argv: list[str]) -> int:
    """Take one picture; the exit code is 1 when something on the page is wrong."""
    parser = argparse.ArgumentParser(
        prog="python3 -m tools.shot",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("path", help="path of the page, e.g. /odoo/crm")
    parser.add_argument("out", type=Path, help="file of the picture (PNG)")
    parser.add_argument("--base", default="http://127.0.0.1:8069")
    parser.add_argument("--db", default="suite")
    parser.add_argument("--login", default="admin", help="empty for an anonymous visitor")
    parser.add_argument("--password", help="default: the same as the login")
    parser.add_argument("--width", type=int, default=1400)
    parser.add_argument("--height", type=int, default=900)
    parser.add_argument("--mobile", action="store_true", help="as a telephone: touch, small width")
    parser.add_argument("--wait", default=ANY_PAGE, metavar="CSS", help="element to wait for")
    parser.add_argument(
        "--step", action="append", default=[], metavar="JS", help="run before the picture"
    )
    args = parser.parse_args(argv)
    password = args.login if args.password is None else args.password
    visitor = Visitor(args.base, args.db, args.login, password)
    frame = Frame(args.width, args.height, args.mobile, args.wait)
    shot = shoot(visitor, args.path, args.out, frame, args.step)
    for problem in shot.problems:
        say(f"  {problem}")
    verdict = "" if shot.found else f"; {args.wait} did NOT appear"
    say(f"{args.out}: {shot.seconds:.1f} s{verdict}")
    return 0 if shot.found and not shot.problems else 1


def in_environment(argv: list[str]) -> int:
    """Run `main` in the suite's own environment, whatever Python this was started with."""
    if importlib.util.find_spec("websocket"):
        return main(argv)
    from tools import environment

    env = environment.prepare(dev=True, browser=True)
    return subprocess.call([env.python, "-m", "tools.shot", *argv])


if __name__ == "__main__":
    try:
        sys.exit(in_environment(sys.argv[1:]))
    except SuiteError as shot_error:
        sys.exit(f"suite: {shot_error}")
