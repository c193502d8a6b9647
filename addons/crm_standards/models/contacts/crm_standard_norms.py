from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CrmStandard(models.Model):
    """Standards say how often customers are contacted, and what is said of a lost deal."""

    _inherit = "crm.standard"

    contact_norm_ids = fields.One2many(
        "crm.standard.contact.norm", "standard_id", string="Norms of Contacts", copy=True
    )
    contact_limit_ids = fields.One2many(
        "crm.standard.contact.limit", "standard_id", string="Time Limits of Contacts", copy=True
    )
    loss_ids = fields.One2many(
        "crm.standard.loss", "standard_id", string="Rules on Losses", copy=True
    )

    @api.constrains("state", "contact_norm_ids", "contact_limit_ids", "loss_ids")
    def _check_norms(self):
        for standard in self:
            problem = standard._find_norm_problems()
            if standard.state == "in_force" and problem:
                raise ValidationError(
                    self.env._(
                        "“%(standard)s” cannot be put in force yet:\n%(problem)s",
                        standard=standard.display_name,
                        problem="\n".join(problem),
                    )
                )

    def _find_norm_problems(self) -> list[str]:
        """Return a line for each norm, limit or rule on losses that cannot be applied."""
        self.ensure_one()
        parts = (*self.contact_norm_ids, *self.contact_limit_ids, *self.loss_ids)
        return [f"{part.name}: {part.problem}" for part in parts if part.problem]
