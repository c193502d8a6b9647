from odoo import api, fields, models

from ...way import WAYS, way_of


class CrmComplaintConsent(models.Model):
    """What the customer said to our answer: accepted, or contested and why. A fact nobody edits."""

    _name = "crm.complaint.consent"
    _description = "Reply to an Answer"
    _inherit = ["crm.complaint.part", "crm.deadline.sealed"]
    _order = "date desc, id desc"
    _rec_name = "date"

    date = fields.Datetime(required=True, readonly=True, index=True)
    move_id = fields.Many2one(
        "crm.complaint.move",
        "Answer",
        required=True,
        readonly=True,
        ondelete="cascade",
        help="The move by which the case was answered: what the customer replies to.",
    )
    is_accepted = fields.Boolean("Accepted", readonly=True)
    comment = fields.Text(readonly=True, help="In the customer's words.")
    partner_id = fields.Many2one(
        "res.partner",
        "Said by",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The customer. Empty: whoever had the link that was mailed to the complainant.",
    )
    user_id = fields.Many2one(
        "res.users", "Entered by", required=True, readonly=True, ondelete="restrict"
    )
    way = fields.Selection(WAYS, "Came by", required=True, readonly=True)

    _answer_unique = models.UniqueIndex("(move_id)", "The customer has replied to this answer.")

    @api.model
    def _record(self, complaint, is_accepted, comment="", author=None):
        """Record a reply. For the pages of the customer, and for what a clerk is told."""
        return self._sealed_create(
            [
                {
                    "complaint_id": complaint.id,
                    "move_id": complaint._get_answer_move().id,
                    "date": fields.Datetime.now(),
                    "is_accepted": is_accepted,
                    "comment": comment,
                    "partner_id": author.id if author else False,
                    "user_id": self.env.uid,
                    "way": way_of(self.env),
                }
            ]
        )


class CrmComplaint(models.Model):
    """The replies of the customer to our answers."""

    _inherit = "crm.complaint"

    consent_ids = fields.One2many("crm.complaint.consent", "complaint_id", "Replies", readonly=True)
