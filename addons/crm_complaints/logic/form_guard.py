"""What to do with a form that anybody on the internet may send, and with the files in it.

A real complaint must never be lost: what comes too often is refused with a word and can be sent
again, and what looks like a machine is set aside for a person to look at.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class Verdict(Enum):
    """What becomes of a form that was sent."""

    ACCEPT = "accept"
    SUSPECT = "suspect"
    REFUSE = "refuse"


@dataclass(frozen=True)
class Attempt:
    """A form just sent, and how many came before it in the last hour."""

    seconds_open: float
    is_bait_taken: bool = False
    of_address: int = 0
    of_mailbox: int = 0
    of_all: int = 0


@dataclass(frozen=True)
class Limits:
    """How many forms an hour are taken, and how fast a person can be."""

    of_address: int = 10
    of_mailbox: int = 5
    of_all: int = 300
    seconds_least: float = 3


def judge(attempt: Attempt, limits: Limits) -> Verdict:
    """Return what becomes of an attempt.

    The limits come first: a machine that floods us must not fill the list of suspects.
    """
    if (
        attempt.of_address >= limits.of_address
        or attempt.of_mailbox >= limits.of_mailbox
        or attempt.of_all >= limits.of_all
    ):
        return Verdict.REFUSE
    if attempt.is_bait_taken or attempt.seconds_open < limits.seconds_least:
        return Verdict.SUSPECT
    return Verdict.ACCEPT


class Fault(Enum):
    """Why a file is not taken."""

    MANY = "many"
    EMPTY = "empty"
    BIG = "big"
    BIG_TOGETHER = "big_together"
    TYPE = "type"


#: Types that open without running anything, by the endings their files have.
SAFE_TYPES = {
    "image/jpeg": ("jpg", "jpeg"),
    "image/png": ("png",),
    "image/gif": ("gif",),
    "image/webp": ("webp",),
    "image/heic": ("heic",),
    "application/pdf": ("pdf",),
    "text/plain": ("txt", "log", "csv", "eml"),
    "text/csv": ("csv",),
    "message/rfc822": ("eml",),
    "application/msword": ("doc",),
    "application/vnd.ms-excel": ("xls",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ("docx",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ("xlsx",),
    "application/vnd.oasis.opendocument.text": ("odt",),
    "application/vnd.oasis.opendocument.spreadsheet": ("ods",),
    "audio/mpeg": ("mp3",),
    "video/mp4": ("mp4",),
}


@dataclass(frozen=True)
class Upload:
    """A file somebody sent. ``mimetype`` is what its bytes say, not what the sender says."""

    name: str
    size: int
    mimetype: str


@dataclass(frozen=True)
class UploadLimits:
    """How much may be sent at once; sizes in bytes."""

    count: int = 5
    size: int = 10 * 1024 * 1024
    together: int = 25 * 1024 * 1024


def find_fault(
    uploads: Iterable[Upload], limits: UploadLimits
) -> tuple[Fault, Upload | None] | None:
    """Return the first fault of files and the file that has it, or ``None``.

    The type must be safe both by the bytes and by the ending of the name: browsers go by one,
    people by the other.
    """
    uploads = list(uploads)
    if len(uploads) > limits.count:
        return Fault.MANY, None
    for upload in uploads:
        if not upload.size:
            return Fault.EMPTY, upload
        if upload.size > limits.size:
            return Fault.BIG, upload
        if get_ending(upload.name) not in SAFE_TYPES.get(upload.mimetype, ()):
            return Fault.TYPE, upload
    if sum(upload.size for upload in uploads) > limits.together:
        return Fault.BIG_TOGETHER, None
    return None


def get_ending(name: str) -> str:
    """Return the ending of a file's name in small letters, empty where it has none."""
    return name.rpartition(".")[2].lower() if "." in name else ""
