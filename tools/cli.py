"""`./suite VERB ...`: find the verb's module, let it parse its arguments, run it.

A verb is a module of this package with `add_arguments(parser)` and `main(args) -> int`. The first
line of its docstring is the line in `./suite --help`, the rest its description.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import os
import signal
import sys
import traceback
from pathlib import Path

from tools import console, paths

# The order in which a newcomer meets them.
VERBS = ("run", "stop", "shell", "test", "lint", "bench", "docs", "clean")

INTRODUCTION = """\
The one door to this repository.

  ./suite run      a running Odoo with every add-on and the demo story, about two minutes
                   after the first clone; then seconds
  ./suite test     proves the repository: the same checks that guard every change
"""

EPILOG = """\
Nothing has to be installed by hand. Downloads, Odoo and the Python environment go to a cache
directory, databases and logs to a state directory; both lie outside the repository.
`./suite VERB --help` explains a verb.

environment variables:
  SUITE_HOME      one directory for cache and state (default: /var/cache/crm-suite and
                  /var/lib/crm-suite for root, ~/.cache and ~/.local/state for others)
  SUITE_PYTHON    the Python to use, 3.10 to 3.13
  SUITE_ODOO_GIT  where Odoo's source is cloned from if the package mirror has no Odoo
  SUITE_DEBUG     1: show the traceback of an unexpected error
  ODOO_HOME       use this Odoo 19: a checkout, or a directory that holds the package `odoo`
  PGHOST, PGPORT, PGUSER, PGPASSWORD
                  use this PostgreSQL server instead of a private one
"""


class Formatter(argparse.RawDescriptionHelpFormatter):
    """Texts as they are written, and room for a verb's line of help."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=24, width=100)


def main(argv: list[str]) -> int:
    """Run one verb and return the exit code; errors become one line on stderr."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends children as Ctrl-C does
    try:
        argv, passed_on = split_passed_on(argv)
        args = build_parser(argv).parse_args(argv or ["--help"])
        args.passed_on = passed_on
        return args.main(args)
    except console.SuiteError as error:
        print(f"suite: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nsuite: interrupted; the same command goes on from here", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # The reader of our output went away (`./suite ... | head`): nobody is left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:  # the last resort of a command-line program
        return report_unexpected(error)


def split_passed_on(argv: list[str]) -> tuple[list[str], list[str]]:
    """Our arguments, and those after `--`, which a verb may hand to the program it starts."""
    cut = argv.index("--") if "--" in argv else len(argv)
    return argv[:cut], argv[cut + 1 :]


def build_parser(argv: list[str]) -> argparse.ArgumentParser:
    """The parser; only the module of the verb that is asked for gives its arguments."""
    parser = argparse.ArgumentParser(
        prog="./suite",
        description=INTRODUCTION,
        epilog=EPILOG,
        formatter_class=Formatter,
    )
    verbs = parser.add_subparsers(metavar="VERB", required=True, title="verbs")
    for name in VERBS:
        title, text = describe(name)
        if not title:
            continue
        child = verbs.add_parser(
            name, help=title.rstrip("."), description=f"{title}\n{text}", formatter_class=Formatter
        )
        if name == next((word for word in argv if not word.startswith("-")), None):
            module = importlib.import_module(f"tools.{name}")
            module.add_arguments(child)
            child.set_defaults(main=module.main)
    return parser


def describe(name: str) -> tuple[str, str]:
    """First line and rest of a verb's docstring, read without importing the module.

    The title is empty where this checkout has no such verb.
    """
    file = Path(__file__).with_name(f"{name}.py")
    if not file.exists():
        return "", ""
    docstring = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or name
    title, _, text = docstring.partition("\n")
    return title, text


def report_unexpected(error: Exception) -> int:
    """Keep the traceback in a log and say in one line where."""
    text = traceback.format_exc()
    if os.environ.get("SUITE_DEBUG") == "1":
        print(text, file=sys.stderr)
    try:
        log = paths.log_dir() / "errors.log"
        with log.open("a", encoding="utf-8") as stream:
            stream.write(f"{' '.join(sys.argv)}\n{text}\n")
        where = f"details: {log}"
    except OSError as log_error:
        where = f"no log could be written: {log_error}; SUITE_DEBUG=1 shows the traceback"
    print(f"suite: unexpected {type(error).__name__}: {error} ({where})", file=sys.stderr)
    return 1
