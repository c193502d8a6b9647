from odoo import fields, models

from ..case.crm_complaint import OUTCOMES


class CrmComplaintAnswerCheck(models.Model):
    """That a final answer was checked before it went out: what it contained, and who says so.

    Written by sending the answer only (``crm_complaint_answering.py``).
    """

    _name = "crm.complaint.answer.check"
    _description = "Check of a Final Answer"
    _inherit = ["crm.complaint.part", "crm.deadline.sealed"]
    _order = "id desc"
    _rec_name = "date"

    date = fields.Datetime(required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users", "Answered by", required=True, readonly=True, ondelete="restrict"
    )
    jurisdiction_id = fields.Many2one(
        "crm.complaint.jurisdiction", readonly=True, ondelete="restrict", index="btree_not_null"
    )
    outcome = fields.Selection(OUTCOMES, readonly=True)
    part_ids = fields.Many2many(
        "crm.complaint.answer.part", string="Contains", readonly=True, ondelete="restrict"
    )
    statement = fields.Text(
        readonly=True, help="What was found in the text, and what a person confirmed."
    )
    message_id = fields.Many2one(
        "mail.message", readonly=True, ondelete="set null", index="btree_not_null"
    )
