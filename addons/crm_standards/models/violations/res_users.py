from odoo import fields, models


class ResUsers(models.Model):
    """People decide whether they want the digest about their own work."""

    _inherit = "res.users"

    has_standard_digest = fields.Boolean(
        string="Daily digest of standards",
        default=True,
        help="One mail in the morning, if there is something new: own violations and answers"
        " awaited, assignments, and those of the teams one leads.",
    )

    @property
    def SELF_READABLE_FIELDS(self):
        return [*super().SELF_READABLE_FIELDS, "has_standard_digest"]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return [*super().SELF_WRITEABLE_FIELDS, "has_standard_digest"]
