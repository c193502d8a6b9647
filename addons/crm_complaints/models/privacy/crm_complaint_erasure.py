from odoo import api, fields, models


class CrmComplaintErasure(models.Model):
    """The log of what was done to people's data: how many cases, by whom, when. And not whose."""

    _name = "crm.complaint.erasure"
    _description = "Log of Privacy"
    _inherit = ["crm.deadline.sealed"]
    _order = "id desc"
    _rec_name = "kind"

    kind = fields.Selection(
        [
            ("retention", "Anonymized: time of keeping over"),
            ("person", "Anonymized: at a person's request"),
            ("vacuum", "Removed after anonymization"),
            ("export", "Handed out to the person"),
        ],
        "What",
        required=True,
        readonly=True,
    )
    date = fields.Datetime(required=True, readonly=True, index=True)
    user_id = fields.Many2one(
        "res.users", "Done by", required=True, readonly=True, ondelete="restrict"
    )
    complaint_count = fields.Integer("Complaints", required=True, readonly=True)

    @api.model
    def _log(self, kind, count):
        """Note that something was done to the data of ``count`` complaints."""
        # sudo: the log is written by the system, whoever acts
        return self.sudo()._sealed_create(
            [
                {
                    "kind": kind,
                    "date": fields.Datetime.now(),
                    "user_id": self.env.uid,
                    "complaint_count": count,
                }
            ]
        )
