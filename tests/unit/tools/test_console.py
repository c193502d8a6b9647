"""What a person reads while a step runs."""

from __future__ import annotations

import io

import pytest

from tools import console


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("size", "text"),
    [(0, "0 B"), (999, "999 B"), (127_000_000, "127 MB"), (1_500_000_000, "1.5 GB")],
)
def test_sizes_read_as_people_say_them(size, text):
    assert console.human_size(size) == text


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.42, "0.4 s"), (12.3, "12 s"), (125, "2 min 05 s")]
)
def test_times_read_as_people_say_them(seconds, text):
    assert console.human_time(seconds) == text


def test_pipe_gets_a_line_at_the_start_and_one_at_the_end():
    stream = io.StringIO()
    progress = console.Progress("Unpacking", stream)

    progress.update(50)
    progress.finish()

    first, last = stream.getvalue().splitlines()
    assert first == "Unpacking ..."
    assert last.startswith("Unpacking: done in ")


def test_terminal_line_is_rewritten_in_place():
    stream = Terminal()
    progress = console.Progress("Unpacking", stream)

    progress.update(50, "odoo-19")

    assert stream.getvalue().startswith("\r\x1b[K  Unpacking  50 %  odoo-19")
    assert "\n" not in stream.getvalue()


def test_step_that_raises_is_closed_as_failed(capsys):
    with pytest.raises(console.SuiteError), console.step("Unpacking"):
        raise console.SuiteError("torn")

    assert "Unpacking: failed after" in capsys.readouterr().out
