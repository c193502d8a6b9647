from odoo import fields, models

ANSWERS = [
    ("offered", "Offered"),
    ("accepted", "Accepted"),
    ("declined", "Declined"),
    ("done", "Done"),
]


class CrmStandardHandoverShare(models.Model):
    """The part of a hand-over that one receiver is asked to take, and his answer."""

    _name = "crm.standard.handover.share"
    _description = "Answer to a Hand-over"
    _inherit = ["crm.deadline.sealed"]
    _order = "id"
    _rec_name = "user_id"

    handover_id = fields.Many2one(
        "crm.standard.handover",
        string="Hand-over",
        required=True,
        ondelete="cascade",
        readonly=True,
        index=True,
    )
    user_id = fields.Many2one(
        "res.users", string="Receiver", required=True, readonly=True, index=True
    )
    company_id = fields.Many2one(
        related="handover_id.company_id", store=True, precompute=True, index=True
    )
    state = fields.Selection(ANSWERS, string="Answer", required=True, readonly=True)
    line_count = fields.Integer(string="Records", readonly=True)
    reason = fields.Char(readonly=True, help="Why it was declined.")
    date_answered = fields.Datetime(string="Answered on", readonly=True)

    _once = models.UniqueIndex("(handover_id, user_id)", "A receiver is asked once in a hand-over.")
