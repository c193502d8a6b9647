from odoo import api, fields, models


class CrmStandardVersionApproval(models.Model):
    """What an approver decided about a version, when, and about exactly which text."""

    _name = "crm.standard.version.approval"
    _description = "Approval of a Standard"
    _inherit = ["crm.deadline.sealed"]
    _order = "version_id, round desc, id"
    _rec_name = "user_id"

    version_id = fields.Many2one(
        "crm.standard.version", required=True, readonly=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(
        related="version_id.company_id", store=True, index="btree_not_null"
    )
    round = fields.Integer(required=True, readonly=True, aggregator=None)
    user_id = fields.Many2one(
        "res.users", string="Approver", required=True, readonly=True, ondelete="restrict"
    )
    decided_by_id = fields.Many2one(
        "res.users",
        string="Decided by",
        readonly=True,
        ondelete="restrict",
        help="The approver, or who stood in for him.",
    )
    decision = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("approved", "Approved"),
            ("refused", "Refused"),
            ("cancelled", "Not Needed"),
        ],
        default="waiting",
        required=True,
        readonly=True,
    )
    reason = fields.Text(readonly=True)
    date = fields.Datetime("Decided on", readonly=True)
    digest = fields.Char("Mark", readonly=True, help="The mark of the text that was decided about.")

    _asked_once = models.UniqueIndex("(version_id, round, user_id)")

    @api.model
    def _ask(self, version, users):
        """Ask people for their decision about a version; return what waits for them."""
        approvals = self.sudo()  # nobody has the right to write approvals by hand
        return approvals._sealed_create(
            [
                {"version_id": version.id, "round": version.round, "user_id": user.id}
                for user in users
            ]
        )

    def _decide(self, decision: str, reason: str) -> None:
        """Write down a decision of the user."""
        for approval in self.sudo():  # as in _ask
            approval._sealed_write(
                {
                    "decision": decision,
                    "reason": reason or False,
                    "decided_by_id": self.env.uid,
                    "date": self.env.cr.now(),
                    "digest": approval.version_id.digest,
                }
            )

    def _cancel(self) -> None:
        """Note that the decision is not needed any more."""
        self.sudo()._sealed_write({"decision": "cancelled"})  # as in _ask
