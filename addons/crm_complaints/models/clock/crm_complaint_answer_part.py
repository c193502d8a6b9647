from odoo import api, fields, models

from ...logic.answers import ALWAYS, NOT_UPHELD, Part


class CrmComplaintAnswerPart(models.Model):
    """What a final answer must or should contain in a jurisdiction."""

    _name = "crm.complaint.answer.part"
    _description = "Part of a Final Answer"
    _inherit = ["crm.complaint.catalogue"]

    jurisdiction_id = fields.Many2one(
        "crm.complaint.jurisdiction", required=True, index=True, ondelete="cascade"
    )
    is_required = fields.Boolean(
        "Required",
        default=True,
        help="A case cannot be answered or closed without it. Otherwise it is a reminder only.",
    )
    when = fields.Selection(
        [(ALWAYS, "Always"), (NOT_UPHELD, "If not fully upheld")],
        "Needed",
        required=True,
        default=ALWAYS,
    )
    phrases = fields.Text(
        translate=True,
        help="One a line: any of them in the answer shows that this part is there. Without phrases,"
        " whoever answers confirms it.",
    )

    @api.model
    def _get_complaint_uses(self):
        return [*super()._get_complaint_uses(), ("crm.complaint.answer.check", "part_ids")]

    def _get_part(self):
        """Return the part as the logic knows it, in the language of ``self``."""
        self.ensure_one()
        phrases = tuple(filter(None, map(str.strip, (self.phrases or "").splitlines())))
        return Part(self.id, phrases, self.is_required, self.when)
