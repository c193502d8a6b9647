from odoo import api, fields, models

from ...way import WAYS, way_of

DEEDS = [
    ("proposed", "Proposed"),
    ("approved", "Approved"),
    ("refused", "Refused"),
    ("withdrawn", "Withdrawn"),
    ("carried_out", "Carried Out"),
]
#: A document that carried it out was taken back: it is granted still, and waits again.
TAKEN_BACK = ("taken_back", "Taken Back")


class CrmComplaintCompensationDeed(models.Model):
    """Who proposed, approved, refused, withdrew or carried out what, and over which amount."""

    _name = "crm.complaint.compensation.deed"
    _description = "Deed on a Compensation"
    _inherit = ["crm.complaint.part", "crm.deadline.sealed"]
    _order = "id desc"
    _rec_name = "deed"

    compensation_id = fields.Many2one(
        "crm.complaint.compensation", required=True, readonly=True, index=True, ondelete="cascade"
    )
    deed = fields.Selection([*DEEDS, TAKEN_BACK], required=True, readonly=True)
    date = fields.Datetime(required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users", "Done by", required=True, readonly=True, ondelete="restrict"
    )
    way = fields.Selection(WAYS, "Came by", required=True, readonly=True)
    amount = fields.Monetary(readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True, ondelete="restrict")
    reason = fields.Text(readonly=True)

    @api.model
    def _note(self, compensations, deed, reason=""):
        """Write a line for each of ``compensations``."""
        # sudo: the log is written by the system
        self.sudo()._sealed_create(
            [
                {
                    "complaint_id": compensation.complaint_id.id,
                    "compensation_id": compensation.id,
                    "deed": deed,
                    "date": fields.Datetime.now(),
                    "user_id": self.env.uid,
                    "way": way_of(self.env),
                    "amount": compensation.amount,
                    "currency_id": compensation.currency_id.id,
                    "reason": reason or False,
                }
                for compensation in compensations
            ]
        )
