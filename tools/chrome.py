"""A headless Chromium driven over its DevTools protocol: as much of it as pictures need."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import websocket

from tools.browser import ensure_browser
from tools.console import SuiteError

START_SECONDS = 30
# Loaded by a worker, whose own page would report the end: this one never hears of it.
NEVER_REPORTED = "/bus/websocket_worker_bundle"
# The second half keeps the browser off the network; without a sandbox it also runs as root.
OPTIONS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
    "--remote-debugging-port=0",
    "--remote-allow-origins=*",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class Browser:
    """One Chromium with one page; use it as a context manager."""

    def __enter__(self) -> Browser:
        self.profile = Path(tempfile.mkdtemp(prefix="suite-chrome-"))
        self.process = subprocess.Popen(
            [ensure_browser(), *OPTIONS, f"--user-data-dir={self.profile}", "about:blank"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            self.page = Page(self._page_address())
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_exception: object) -> None:
        if hasattr(self, "page"):
            self.page.close()
        self.process.terminate()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.profile, ignore_errors=True)

    def _page_address(self) -> str:
        """The websocket of the first page; Chromium writes its port into its profile."""
        port_file = self.profile / "DevToolsActivePort"
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            if port_file.exists() and len(port_file.read_text().splitlines()) == 2:
                port = port_file.read_text().splitlines()[0]
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/json") as reply:
                    pages = [tab for tab in json.load(reply) if tab["type"] == "page"]
                if pages:
                    return pages[0]["webSocketDebuggerUrl"]
            time.sleep(0.1)
        raise SuiteError("Chromium does not start; try `chromium --headless --no-sandbox` by hand")


class Page:
    """A page: commands to it, and what it reports meanwhile."""

    def __init__(self, address: str) -> None:
        self.socket = websocket.create_connection(address, timeout=30)
        self.last_id = 0
        self.loading: set[str] = set()
        self.quiet_since = time.monotonic()
        self.problems: list[str] = []
        for domain in ("Page", "Network", "Runtime", "Log"):
            self.call(f"{domain}.enable")

    def close(self) -> None:
        """Give the connection back."""
        self.socket.close()

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Run a DevTools command and return its result."""
        self.last_id += 1
        message = {"id": self.last_id, "method": method, "params": parameters}
        self.socket.settimeout(60)
        self.socket.send(json.dumps(message))
        while True:
            answer = json.loads(self.socket.recv())
            if answer.get("id") == self.last_id:
                if "error" in answer:
                    raise SuiteError(f"Chromium: {method}: {answer['error']['message']}")
                return answer["result"]
            self._notice(answer)

    def evaluate(self, expression: str) -> Any:
        """The value of a JavaScript expression; a promise is awaited."""
        result = self.call(
            "Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True
        )
        if "exceptionDetails" in result:
            raise SuiteError(f"JavaScript {expression!r}: {describe(result['exceptionDetails'])}")
        return result["result"].get("value")

    def wait(self, condition: Callable[[], bool], timeout: float) -> bool:
        """Listen to the page until the condition holds; False when the time is over."""
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            if condition():
                return True
            self._listen(0.2)
        return condition()

    def is_quiet(self, seconds: float = 0.5) -> bool:
        """Whether no request has been under way for this long."""
        return not self.loading and time.monotonic() - self.quiet_since > seconds

    def _listen(self, seconds: float) -> None:
        self.socket.settimeout(seconds)
        try:
            self._notice(json.loads(self.socket.recv()))
        except websocket.WebSocketTimeoutException:
            return  # silence is an answer too

    def _notice(self, event: dict[str, Any]) -> None:
        """Keep count of requests, keep what the page complains about."""
        method, parameters = event.get("method", ""), event.get("params", {})
        if method == "Network.requestWillBeSent":
            if NEVER_REPORTED in parameters["request"]["url"]:
                return
            self.loading.add(parameters["requestId"])
        elif method in ("Network.loadingFinished", "Network.loadingFailed"):
            self.loading.discard(parameters["requestId"])
            self.quiet_since = time.monotonic()
        elif method == "Runtime.exceptionThrown":
            self.problems.append(describe(parameters["exceptionDetails"]))
        elif method == "Log.entryAdded" and parameters["entry"]["level"] == "error":
            entry = parameters["entry"]
            self.problems.append(f"{entry['text']} {entry.get('url', '')}".strip())
        elif method == "Runtime.consoleAPICalled" and parameters["type"] == "error":
            words = (str(arg.get("value", arg.get("description"))) for arg in parameters["args"])
            self.problems.append(" ".join(words))


def describe(details: dict[str, Any]) -> str:
    """One line of a JavaScript exception."""
    text = details.get("exception", {}).get("description") or details.get("text", "exception")
    return text.splitlines()[0]
