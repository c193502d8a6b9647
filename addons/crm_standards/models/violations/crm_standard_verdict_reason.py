from odoo import fields, models


class CrmStandardVerdictReason(models.Model):
    """A ground on which controllers excuse, confirm or clear violations.

    A list of them makes verdicts alike and countable; what is special to the case stands in the
    violation's own reason.
    """

    _name = "crm.standard.verdict.reason"
    _description = "Ground of a Verdict"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    verdict = fields.Selection(
        [("confirmed", "Confirmed"), ("excused", "Excused"), ("cured", "Cured")],
        help="The verdict this ground is for; empty for any.",
    )
    company_id = fields.Many2one(
        "res.company", index="btree_not_null", help="Leave empty for all companies."
    )
