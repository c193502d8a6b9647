from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResCompany(models.Model):
    """How a company controls its standards."""

    _inherit = "res.company"

    standard_answer_policy_id = fields.Many2one(
        "crm.deadline.policy",
        string="Explain a violation within",
        ondelete="set null",
        default=lambda self: self.env.ref(
            "crm_standards.crm_deadline_policy_answer", raise_if_not_found=False
        ),
        help="How long employees have to explain a violation, unless its standard says otherwise."
        " Empty: nobody is asked.",
    )
    standard_accept_policy_id = fields.Many2one(
        "crm.deadline.policy",
        string="Accept an assignment within",
        ondelete="set null",
        default=lambda self: self.env.ref(
            "crm_standards.crm_deadline_policy_accept", raise_if_not_found=False
        ),
        help="How long employees have to accept or decline what is assigned to them, unless the"
        " stage says otherwise. Empty: no deadline.",
    )
    standard_digest_hour = fields.Integer(
        string="Morning begins at",
        default=8,
        help="From which hour of their own time zone people get the digest of the day.",
    )
    has_standard_controller_digest = fields.Boolean(
        string="Digest for controllers",
        default=True,
        help="Controllers get the figures of the company every day when there is something new."
        " They cannot switch it off for themselves.",
    )

    @api.constrains("standard_digest_hour")
    def _check_standard_digest_hour(self):
        for company in self:
            if not 0 <= company.standard_digest_hour <= 23:
                raise ValidationError(
                    self.env._("The morning of the digest is an hour from 0 to 23.")
                )
