"""Debian packages, fetched into the cache through the machine's own mirror.

This uses a private apt state (own lists, own cache, an empty status file, a generated
`apt.conf`), so that nothing of the system is read but the addresses of its mirrors, and nothing
of it is changed. It works as a normal user.
"""

from __future__ import annotations

import hashlib
import os
import shlex
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tools import console, paths, process
from tools.console import Progress, SuiteError

KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
# A mirror's address appears once for each of these; only the first kind carries whole releases.
SIDE_SUITES = ("-security", "-updates", "-backports", "-proposed", "-pgdg")


@dataclass(frozen=True)
class Download:
    """One line of `apt-get --print-uris`: a file, and how to know that it is whole."""

    uri: str
    name: str
    size: int
    sha256: str

    def is_whole(self, directory: Path) -> bool:
        """Whether the file lies in `directory` with the right size and checksum."""
        file = directory / self.name
        if not file.is_file() or file.stat().st_size != self.size:
            return False
        digest = hashlib.sha256()
        with file.open("rb") as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
        return digest.hexdigest() == self.sha256


def parse_print_uris(text: str) -> list[Download]:
    """The downloads that `apt-get --print-uris download` announces."""
    downloads = []
    for line in text.splitlines():
        if not line.startswith("'"):
            continue
        uri, name, size, checksum = shlex.split(line)[:4]
        kind, _, value = checksum.partition(":")
        if kind != "SHA256":
            raise SuiteError(f"the package mirror offers no SHA256 for {name}")
        downloads.append(Download(uri, name, int(size), value))
    return downloads


def parse_status(line: str) -> float | None:
    """Percent from a line of APT::Status-Fd: `dlstatus:3:42.5:...` or `pmstatus:x:42.5:...`."""
    parts = line.split(":")
    if len(parts) < 3 or parts[0] not in ("dlstatus", "pmstatus"):
        return None
    try:
        return float(parts[2])
    except ValueError:
        return None


def parse_mirrors(text: str, codename: str = "") -> list[str]:
    """Candidate mirrors from `apt-get indextargets` lines `CREATED_BY COMPONENT RELEASE URI`.

    Main component of whole releases only; the mirror of this machine's own release comes first.
    """
    found: dict[str, bool] = {}
    for line in text.splitlines():
        created_by, component, release, uri = (line.split(maxsplit=3) + [""] * 4)[:4]
        if created_by != "Packages" or component != "main" or not uri:
            continue
        if not release.endswith(SIDE_SUITES):
            found[uri] = found.get(uri, False) or release == codename
    return sorted(found, key=lambda uri: not found[uri])


def os_release() -> dict[str, str]:
    """The fields of /etc/os-release; empty on a system without one."""
    try:
        text = Path("/etc/os-release").read_text(encoding="utf-8")
    except OSError:
        return {}
    pairs = (line.partition("=") for line in text.splitlines() if "=" in line)
    return {key: value.strip("\"'") for key, _, value in pairs}


def mirrors() -> list[str]:
    """The Debian mirrors that this machine's apt is configured to use, best first."""
    if not shutil.which("apt-get") or not KEYRING.exists():
        return []  # not Debian: its mirror has no Debian suites
    # Without --no-release-info apt prints nothing on a machine that never ran `apt-get update`.
    form = "$(CREATED_BY) $(COMPONENT) $(RELEASE) $(REPO_URI)"
    command = ["apt-get", "--no-release-info", "indextargets", "--format", form]
    try:
        text = process.output(command)
    except subprocess.CalledProcessError as error:
        raise SuiteError(f"apt-get: {process.last_line(error.stderr)}") from error
    return parse_mirrors(text, os_release().get("VERSION_CODENAME", ""))


class PrivateApt:
    """apt for one suite of one mirror, with a state of its own under the cache directory."""

    def __init__(self, suite: str, mirror: str, base: Path | None = None) -> None:
        self.suite = suite
        self.mirror = mirror
        key = hashlib.sha256(mirror.encode()).hexdigest()[:8]
        self.dir = (base or paths.cache_dir()) / "apt" / f"{suite}-{key}"

    def write_config(self) -> Path:
        """Make the directories and the configuration file; returns the file."""
        for part in ("lists/partial", "cache/archives/partial"):
            (self.dir / part).mkdir(parents=True, exist_ok=True)
        (self.dir / "status").touch()
        source = f"deb [signed-by={KEYRING} target=Packages] {self.mirror} {self.suite} main\n"
        (self.dir / "sources.list").write_text(source, encoding="utf-8")
        # The hooks are cleared because those of container images and desktops fail for a user.
        lines = [
            f'Dir::Etc::sourcelist "{self.dir}/sources.list";',
            'Dir::Etc::sourceparts "-";',
            'Dir::Etc::preferences "/dev/null";',
            'Dir::Etc::preferencesparts "-";',
            f'Dir::State::Lists "{self.dir}/lists";',
            f'Dir::State::status "{self.dir}/status";',
            f'Dir::Cache "{self.dir}/cache";',
            'Acquire::Languages "none";',
            'Acquire::Retries "2";',
            'APT::Sandbox::User "root";',
            "#clear APT::Update::Pre-Invoke;",
            "#clear APT::Update::Post-Invoke;",
            "#clear APT::Update::Post-Invoke-Success;",
        ]
        config = self.dir / "apt.conf"
        config.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return config

    def command(self, *args: str) -> list[str]:
        """An apt-get command line that uses this private state."""
        return ["apt-get", "-q", "-c", str(self.write_config()), *args]

    def update(self, progress: Progress) -> bool:
        """Read the package lists; False where the mirror has no such suite or no network."""
        log = paths.log_dir() / "apt.log"
        command = self.command("--error-on=any", "update")
        return run_with_status(command, log, progress) == 0

    def announce(self, packages: list[str]) -> list[Download] | None:
        """What fetching these packages would download; None where one of them is unknown."""
        try:
            return parse_print_uris(
                process.output(self.command("--print-uris", "download", *packages))
            )
        except subprocess.CalledProcessError:
            return None

    def download(self, packages: list[str], directory: Path, progress: Progress) -> list[Path]:
        """Fetch packages into `directory`; torn files are noticed by checksum and fetched again."""
        announced = self.announce(packages)
        if announced is None:
            raise SuiteError(
                f"the package mirror has no {' '.join(packages)} in suite {self.suite}"
            )
        directory.mkdir(parents=True, exist_ok=True)
        torn = discard_torn(announced, directory)
        if torn:
            megabytes = console.human_size(sum(item.size for item in torn))
            progress.update(0, f"of {megabytes}")
            # The package's name is what stands before the first underscore of its file.
            names = [item.name.partition("_")[0] for item in torn]
            log = paths.log_dir() / "apt.log"
            command = self.command("download", *names)
            run_with_status(command, log, progress, cwd=directory, text=f"of {megabytes}")
            broken = discard_torn(torn, directory)
            if broken:
                raise SuiteError(
                    f"download of {broken[0].name} failed: {apt_error(log)}; run the command "
                    "again to go on (whole files are kept)"
                )
        return [directory / item.name for item in announced]


def discard_torn(announced: list[Download], directory: Path) -> list[Download]:
    """The downloads that are missing or damaged; the damaged files are deleted."""
    torn = [item for item in announced if not item.is_whole(directory)]
    for item in torn:
        (directory / item.name).unlink(missing_ok=True)
    return torn


def run_with_status(
    command: list[str],
    log: Path,
    progress: Progress,
    cwd: Path | None = None,
    text: str | None = None,
) -> int:
    """Run apt-get and feed the percentages of its status pipe to the progress line."""

    def on_line(line: str, progress: Progress) -> None:
        percent = parse_status(line)
        if percent is not None:
            progress.update(percent, text)

    # File descriptor 1: process.run reads it anyway, and no other pipe has to be kept open.
    return process.run(
        [*command, "-o", "APT::Status-Fd=1"],
        log_path=log,
        progress=progress,
        on_line=on_line,
        cwd=cwd,
        env={**os.environ, "LC_ALL": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive"},
    )


def apt_error(log: Path) -> str:
    """The last error that apt wrote into its log, in one line."""
    summary = "E: Some index files failed"  # what failed stands in the line before
    lines = process.tail(log).splitlines()
    errors = [line for line in lines if line.startswith("E: ") and not line.startswith(summary)]
    return errors[-1][3:] if errors else f"see {log}"
