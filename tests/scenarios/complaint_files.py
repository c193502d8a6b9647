"""Real complaints from a public database, as rows for Odoo's import.

The file is a public sample and no part of the repository. It is looked for in the folder that
``SUITE_DATA`` names, else in ``shared/data`` beside the repository.
"""

from __future__ import annotations

import csv
import os
from datetime import date, datetime, time, timedelta
from pathlib import Path

REPO = Path(__file__).resolve().parents[2]

CHANNELS = {"Web": "website", "Phone": "phone", "Postal mail": "letter", "Referral": "api"}
#: What the company's response in the file is here: stage, outcome.
RESPONSES = {
    "Closed with monetary relief": ("closed", "Upheld"),
    "Closed with non-monetary relief": ("closed", "Partly upheld"),
    "Closed with explanation": ("closed", "Rejected"),
    "Closed without relief": ("closed", "Rejected"),
    "In progress": ("investigated", ""),
}
#: The term the companies of the file had, in calendar days; and when a late one answered here:
#: the file says only whether it was in time.
TERM_DAYS = 15
LATE_DAYS = 20
EARLY_DAYS = 10
COLUMNS = (
    "id", "name", "description", "date_received", "channel_id/id", "category_id/id",
    "product_id/id", "team_id/.id", "user_id/.id", "reference", "stage_id/id", "outcome",
    "date_answered", "date_closed",
)  # fmt: skip


def folder() -> Path:
    """Return where the file would be."""
    return Path(os.environ.get("SUITE_DATA") or REPO.parent / "shared" / "data") / "complaints"


def read() -> list[dict[str, str]]:
    """Return the rows of the file."""
    with (folder() / "cfpb_complaints.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def mark(kind: str, names: list[str], name: str) -> str:
    """Return the external id of a product or an issue of the file."""
    return f"cfpb.{kind}_{names.index(name)}"


def moment(text: str, days: int = 0) -> datetime:
    """Return noon of a day of the file, some days later."""
    return datetime.combine(date.fromisoformat(text), time(12)) + timedelta(days=days)


def date_answered(row: dict[str, str]) -> datetime:
    """Return when the company answered, by whether it was in time."""
    days = EARLY_DAYS if row["Timely response?"] == "Yes" else LATE_DAYS
    return moment(row["Date sent to company"], days)


def complaint_row(
    row: dict[str, str], issues: list[str], products: list[str], team_id: int, user_id: int
) -> list[str]:
    """Return a complaint of the file as a row under :data:`COLUMNS`."""
    stage, outcome = RESPONSES[row["Company response to consumer"]]
    answered = date_answered(row)
    return [
        f"cfpb.complaint_{row['Complaint ID']}",
        row["Sub-issue"] or row["Issue"],
        row["Consumer complaint narrative"],
        str(moment(row["Date received"])),
        f"crm_complaints.crm_complaint_channel_{CHANNELS[row['Submitted via']]}",
        mark("issue", issues, row["Issue"]),
        mark("product", products, row["Product"]),
        str(team_id),
        str(user_id),
        row["Complaint ID"],
        f"crm_complaints.crm_complaint_stage_{stage}",
        outcome,
        str(answered),
        str(answered) if stage == "closed" else "",
    ]
