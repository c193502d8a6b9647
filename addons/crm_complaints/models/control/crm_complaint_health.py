from __future__ import annotations

from typing import NamedTuple

from odoo import api, models


class Problem(NamedTuple):
    """Something an administrator should mend, as the health page lists it.

    ``text`` names the thing, what is wrong with it, and the way out, in the user's language;
    ``res_model`` and ``res_id`` say which record to open; ``area`` is a short heading.
    """

    area: str
    res_model: str
    res_id: int
    text: str


class CrmComplaintHealth(models.AbstractModel):
    """What cannot go as it was set up: steps that reach nobody, deadlines that cannot be counted.

    Each stops no complaint, and none may stay unseen.
    """

    _name = "crm.complaint.health"
    _description = "Health of Complaints"

    @api.model
    def _find_problems(self) -> list[Problem]:
        """Hook: return what should be mended; each part of the add-on adds its own.

        Called with the rights of a manager of complaints. Must not raise, whatever is broken.
        """
        areas = {
            "crm.complaint.process": self.env._("Processes"),
            "crm.deadline.policy": self.env._("Deadlines"),
        }
        return [
            Problem(area, record._name, record.id, f"{record.display_name}: {line}")
            for model, area in areas.items()
            for record, text in self.env[model]._find_problems()
            for line in text.splitlines()
        ]
