"""Prove the repository: unit, architecture, add-on, browser and matrix tests.

Without a target everything runs. A target is an add-on's name (its tests and its unit tests), or
a file or folder, with pytest's `::name` where wanted.

Three lanes share the work: pure tests on an interpreter that never loads Odoo, beside them tests
inside Odoo on copies of a prepared database, then the matrix, which installs, updates and removes
add-ons on databases of its own. The last two run in as many processes as there are processors (four
at most, and one where little is asked for). One closing line counts them all. The exit code is 0
only if at least one test ran, none failed, and nothing of ours logged a warning, in a test or while
it was installed.

Options after `--` go to pytest: `./suite test crm_deadline -- -s --durations=5`. Scenarios read
sample data from the folder that SUITE_DATA names.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from tools import addons, console, environment, paths, summary, templates, workers
from tools.environment import Environment

PURE, ODOO, MATRIX = "pure", "odoo", "matrix"
TITLES = {
    PURE: "pure tests (no Odoo, no database)",
    ODOO: "tests inside Odoo",
    MATRIX: "matrix: every add-on alone, uninstalled, upgraded",
}
PURE_FOLDERS = ("tests/unit", "tests/architecture")
MATRIX_FOLDERS = ("tests/matrix",)
BROWSER_CALLS = ("start_tour(", "browser_js(")
NO_TESTS = ("tests/load",)  # benchmarks: ./suite bench
# Modules of Odoo that install themselves beside an add-on in a company that sells, or that nearly
# every company has: tests that see the whole suite must pass beside them. An add-on's own tests
# run alone, without them; the matrix proves both.
NEIGHBORS = ("account", "base_automation", "base_import", "sale_crm", "sale_stock")
PYTEST_TOLD = (0, 5)  # all passed, nothing collected; anything else must show in the counts


@dataclass
class Plan:
    """What runs in which process, and which modules the database needs."""

    lanes: dict[str, list[str]] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    neighbors: tuple[str, ...] = ()
    is_complete: bool = True
    needs_browser: bool = False
    processes: dict[str, int] = field(default_factory=dict)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `./suite test`."""
    parser.add_argument("targets", nargs="*", metavar="ADDON|PATH", help="default: everything")
    parser.add_argument("--fast", action="store_true", help="no browser tests, no matrix")
    parser.add_argument("--coverage", action="store_true", help="measure what the tests reach")
    parser.add_argument("-k", metavar="EXPR", help="only tests whose names match, as in pytest")
    parser.add_argument("-x", action="store_true", help="stop at the first failure")
    parser.add_argument("--keep", action="store_true", help="keep the test database for a look")
    parser.add_argument(
        "--workers", type=int, metavar="N", help="processes that share a lane (default: by cores)"
    )


def main(args: argparse.Namespace) -> int:
    """Run the tests and return the exit code."""
    started = time.monotonic()
    plan = make_plan(args.targets, paths.REPO)
    if args.fast:
        plan.lanes.pop(MATRIX, None)
    plan.needs_browser = not args.fast and uses_browser(plan.lanes.get(ODOO, []))
    plan.processes = choose_processes(args, plan)
    env = environment.prepare(dev=True, browser=plan.needs_browser)
    options = [*args.passed_on, *shared_options(args)]
    with tempfile.TemporaryDirectory(prefix="suite-test-") as folder:
        run = Run(env, Path(folder), options, args.coverage)
        total = run_lanes(run, plan, stop_early=args.x, keep=args.keep)
        if args.coverage:
            total += run.report_coverage(enforce=plan.is_complete and not args.fast)
    summary.show(total, time.monotonic() - started)
    return summary.exit_code(total)


def make_plan(targets: list[str], root: Path) -> Plan:
    """Sort targets (everything when there are none) into the processes they run in."""
    known = addons.all_addons(root / "addons")
    plan = Plan(names=list(known), neighbors=NEIGHBORS, is_complete=not targets)
    wanted: set[str] = set()
    for target in targets or all_folders(root):
        for path in resolve(target, root, known):
            plan.lanes.setdefault(lane_of(path), []).append(path)
            wanted.add(path.split("/")[1] if path.startswith("addons/") else "")
    inside_addons = {path for path in wanted if path}
    only_addons = all(path.startswith("addons/") for path in plan.lanes.get(ODOO, []))
    if targets and inside_addons and only_addons:
        plan.names, plan.neighbors = addons.closure(inside_addons, known), ()
    return plan


def all_folders(root: Path) -> list[str]:
    """Every folder that holds tests, as targets."""
    found = [*sorted(root.glob("tests/*")), *sorted(root.glob("addons/*/tests"))]
    names = [path.relative_to(root).as_posix() for path in found if any(path.rglob("test_*.py"))]
    return [name for name in names if name not in NO_TESTS]


def resolve(target: str, root: Path, known: dict[str, addons.Manifest]) -> list[str]:
    """The paths a target stands for, relative to the repository."""
    if target in known:
        folders = [f"tests/unit/{target}", f"addons/{target}/tests"]
        return [folder for folder in folders if (root / folder).is_dir()]
    name, colons, test = target.partition("::")
    here = (Path.cwd() / name).resolve()
    path = here if here.exists() and here.is_relative_to(root) else (root / name).resolve()
    if not path.exists() or not path.is_relative_to(root):
        choice = ", ".join(known) or "none"
        raise console.SuiteError(f"{target} is no path and no add-on; add-ons: {choice}")
    relative = path.relative_to(root).as_posix()
    beneath = [name for name in all_folders(root) if path in (root / name).parents]
    return beneath or [relative + colons + test]


def lane_of(path: str) -> str:
    """The process a path's tests run in."""
    for lane, folders in ((PURE, PURE_FOLDERS), (MATRIX, MATRIX_FOLDERS)):
        if any(path == folder or path.startswith(folder + "/") for folder in folders):
            return lane
    return ODOO


def uses_browser(targets: list[str]) -> bool:
    """Whether some test of these paths drives a browser."""
    for target in targets:
        path = paths.REPO / target.partition("::")[0]
        for file in [path] if path.is_file() else path.rglob("*.py"):
            text = file.read_text(encoding="utf-8")
            if any(call in text for call in BROWSER_CALLS):
                return True
    return False


def choose_processes(args: argparse.Namespace, plan: Plan) -> dict[str, int]:
    """How many processes share each lane; a name (`-k`) picks few tests of it."""
    weights = {
        ODOO: workers.weight(plan.lanes.get(ODOO, []), paths.REPO, plan.needs_browser),
        MATRIX: workers.weight(plan.lanes.get(MATRIX, []), paths.REPO) * workers.MATRIX_TEST,
    }
    return {
        lane: workers.number(args.workers, 0 if args.k else weight, args.passed_on, workers.cores())
        for lane, weight in weights.items()
    }


def shared_options(args: argparse.Namespace) -> list[str]:
    """Our options that each pytest process gets."""
    options = ["--fast"] if args.fast else []
    options += ["-x"] if args.x else []
    return options + (["-k", args.k] if args.k else [])


@dataclass
class Job:
    """One pytest process; `output` holds what it prints when it runs beside another one."""

    lane: str
    process: subprocess.Popen
    report: Path
    output: IO[str] | None = None

    def finish(self) -> summary.Counts:
        """Wait for the end, print what was held back, and read the counts."""
        try:
            code = self.process.wait()
        except KeyboardInterrupt:
            self.process.terminate()
            raise
        if self.output:
            self.output.seek(0)
            console.say(f"\n{TITLES[self.lane]}\n{self.output.read().rstrip()}")
        text = self.report.read_text(encoding="utf-8") if self.report.exists() else "{}"
        counts = summary.Counts.read(json.loads(text))
        if code not in PYTEST_TOLD and not summary.is_bad(counts):
            counts.errors += 1
            counts.notes.append(f"{TITLES[self.lane]}: pytest ended with code {code}")
        return counts


@dataclass
class Run:
    """One run of `./suite test`: where, and with what."""

    env: Environment
    folder: Path
    options: list[str]
    coverage: bool

    def start(self, lane: str, targets: list[str], *extra: str, aside: bool = False) -> Job:
        """Start pytest, its own closing line left out: ours counts for all processes."""
        report = self.folder / f"{lane}.json"
        # Processes of xdist measure themselves; the matrix runs Odoo in others.
        measured = self.coverage and lane != MATRIX and not workers.are_told(extra)
        tool = ["coverage", "run", "-m", "pytest"] if measured else ["pytest"]
        command = [str(self.env.python), "-m", *tool, "-qq", f"--suite-report={report}"]
        command += [*extra, *self.options, *targets]
        output = None
        if aside:
            output = (self.folder / f"{lane}.out").open("w+", encoding="utf-8")
        else:
            console.say(f"\n{TITLES[lane]}")
        process = subprocess.Popen(
            command, cwd=paths.REPO, env=self.environ(), stdout=output, stderr=output
        )
        return Job(lane, process, report, output)

    def environ(self) -> dict[str, str]:
        """Environment of the children; what they write goes beside the reports."""
        data = os.environ.get("SUITE_DATA")  # may be relative to where the user stands
        return self.env.environ() | {
            **({"SUITE_DATA": os.path.abspath(data)} if data else {}),
            "COVERAGE_FILE": str(self.folder / "coverage"),
            "HYPOTHESIS_STORAGE_DIRECTORY": str(self.folder / "hypothesis"),
        }

    def report_coverage(self, enforce: bool) -> summary.Counts:
        """Print the lines not reached; of a complete run the share, too low is a failure.

        A complete run meets hundreds of files: a list of them would hide which test failed.
        """
        tool = [str(self.env.python), "-m", "coverage"]
        options = ["--format=total"] if enforce else ["--fail-under=0"]
        where = {"cwd": paths.REPO, "env": self.environ()}
        console.say("\ncoverage (%)" if enforce else "\ncoverage")
        subprocess.run([*tool, "combine", "-q", str(self.folder)], **where, check=True)
        code = subprocess.run([*tool, "report", *options], **where, check=False).returncode
        if code:
            return summary.Counts(failed=1, notes=["coverage is below the threshold"])
        return summary.Counts()


def run_lanes(run: Run, plan: Plan, stop_early: bool, keep: bool) -> summary.Counts:
    """Pure tests beside those inside Odoo (a machine has two cores), then the matrix."""
    no_odoo = ("-p", "no:odoo")
    pure, inside, matrix = (plan.lanes.get(lane) for lane in (PURE, ODOO, MATRIX))
    job = run.start(PURE, pure, *no_odoo, aside=bool(inside)) if pure else None
    total = run_inside(run, inside, plan, keep) if inside else summary.Counts()
    if job:
        total += job.finish()
    if matrix and not (stop_early and summary.is_bad(total)):
        shared = workers.by_group(plan.processes[MATRIX])
        total += run.start(MATRIX, matrix, *no_odoo, *shared).finish()
    return total


def run_inside(run: Run, targets: list[str], plan: Plan, keep: bool) -> summary.Counts:
    """The tests inside Odoo; add-ons that cannot be installed count as an error."""
    try:
        with prepared(run.env, plan, keep) as (configs, installed):
            options = inside_options(configs, run.coverage)
            return installed + run.start(ODOO, targets, *options).finish()
    except console.SuiteError as error:
        return summary.Counts(errors=1, notes=[str(error)])


def inside_options(configs: list[Path], coverage: bool) -> list[str]:
    """Options for pytest-odoo; several configurations are several processes."""
    if len(configs) > 1:
        options = workers.inside_odoo(configs, paths.REPO / "pyproject.toml" if coverage else None)
    else:
        options = [f"--odoo-config={config}" for config in configs]
    return [*options, "--odoo-http", "--odoo-log-level=warn"]


@contextmanager
def prepared(
    env: Environment, plan: Plan, keep: bool
) -> Iterator[tuple[list[Path], summary.Counts]]:
    """The plan's databases: Odoo's configuration for each, and what the installation proved."""
    template = templates.suite(env, plan.names, plan.neighbors)
    if plan.needs_browser:
        template = templates.web(env, template)
    installed = summary.Counts()
    if template.warnings:
        notes = ["the installation logged:", *template.warnings]
        installed = summary.Counts(failed=1, notes=["\n  ".join(notes)])
    with ExitStack() as stack:
        copies = [
            stack.enter_context(work_config(env, template.database, keep))
            for _place in range(plan.processes[ODOO])
        ]
        yield copies, installed


@contextmanager
def work_config(env: Environment, template: str, keep: bool) -> Iterator[Path]:
    """A configuration of Odoo that names a work copy of the template, and it alone."""
    with templates.work_copy(env, template, keep) as name:
        config = paths.run_dir() / f"{name}.conf"
        environment.write_config(env, config, db_name=name, dbfilter=f"^{name}$")
        try:
            yield config
        finally:
            config.unlink(missing_ok=True)
