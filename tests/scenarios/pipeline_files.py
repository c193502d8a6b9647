"""The real pipeline of a vendor of computer hardware, as files for Odoo's import.

The files are public samples and no part of the repository. They are looked for in the folder that
``SUITE_DATA`` names, else in ``shared/data`` beside the repository.
"""

from __future__ import annotations

import csv
import os
from datetime import datetime
from pathlib import Path

REPO = Path(__file__).resolve().parents[2]

#: What one deal stage of the file is in Odoo: stage, active, probability.
#: A lost deal keeps the stage it was lost in; the file says it was engaged.
STAGES = {
    "Prospecting": ("Prospecting", "True", "10"),
    "Engaging": ("Engaging", "True", "40"),
    "Won": ("Closed as won", "True", "100"),
    "Lost": ("Engaging", "False", "0"),
}
LEAD_COLUMNS = (
    "id", "name", "type", "user_id", "team_id", "partner_id", "tag_ids", "stage_id", "active",
    "probability", "expected_revenue", "date_open", "date_closed",
)  # fmt: skip


def folder() -> Path:
    """Return where the files would be."""
    return Path(os.environ.get("SUITE_DATA") or REPO.parent / "shared" / "data") / "opportunities"


def read(name: str) -> list[dict[str, str]]:
    """Return the rows of a file."""
    with (folder() / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def product_name(name: str) -> str:
    """Return a product's name as the price list writes it ("GTXPro" is "GTX Pro")."""
    return {"GTXPro": "GTX Pro"}.get(name, name)


def moment(text: str) -> str:
    """Turn ``20-10-16`` into ``2016-10-20 00:00:00``; nothing stays nothing."""
    return str(datetime.strptime(text, "%d-%m-%y")) if text else ""


def lead_row(row: dict[str, str], managers: dict[str, str]) -> list[str]:
    """Return a deal of the file as a row under :data:`LEAD_COLUMNS`.

    :param managers: manager's name by agent; teams are named after their managers
    """
    stage, active, probability = STAGES[row["deal_stage"]]
    return [
        f"pipeline.{row['opportunity_id']}",
        f"{product_name(row['product'])} {row['opportunity_id']}",
        "Opportunity",
        row["sales_agent"],
        f"Team of {managers[row['sales_agent']]}",
        row["account"],
        product_name(row["product"]),
        stage,
        active,
        probability,
        row["close_value"] or "0",
        moment(row["engage_date"]),
        moment(row["close_date"]),
    ]
