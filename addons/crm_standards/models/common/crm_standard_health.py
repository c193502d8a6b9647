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


class CrmStandardHealth(models.AbstractModel):
    """What cannot be applied as it is written, collected from the whole add-on.

    A rule on a field that was removed, a condition that no longer parses, a calendar without hours:
    each blocks no unrelated work, and none may stay unseen.
    """

    _name = "crm.standard.health"
    _description = "Health of Standards"

    @api.model
    def _find_problems(self) -> list[Problem]:
        """Hook: return what should be mended; each part of the add-on adds its own.

        Called with the rights of a controller. Must not raise, whatever is broken.
        """
        area = self.env._("Rules")
        rules = self._search_law("crm.standard.rule")
        return [
            Problem(
                area,
                rule._name,
                rule.id,
                f"{rule.standard_id.display_name}, {rule.name}: {rule.problem}",
            )
            for rule in rules
            if rule.problem
        ]

    @api.model
    def _search_law(self, model: str):
        """Return the parts of a model that apply, of those the user may see.

        What is wrong with archived, retired and drafted standards harms nobody.
        """
        parts = self.env[model]
        return parts.search(parts._get_law_domain())
