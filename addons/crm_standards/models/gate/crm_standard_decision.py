from odoo import api, fields, models

DEEDS = [
    ("requested", "Requested"),
    ("approved", "Approved"),
    ("refused", "Refused"),
    ("delegated", "Delegated"),
    ("withdrawn", "Withdrawn"),
    ("used", "Used"),
    ("expired", "Expired"),
]


class CrmStandardDecision(models.Model):
    """Who asked, decided, delegated, withdrew or used what, when and why. For ever."""

    _name = "crm.standard.decision"
    _description = "Decision about a Request"
    _inherit = ["crm.deadline.sealed"]
    _order = "id desc"
    _rec_name = "deed"

    approval_id = fields.Many2one(
        "crm.standard.approval", ondelete="restrict", readonly=True, index="btree_not_null"
    )
    override_id = fields.Many2one(
        "crm.standard.override", ondelete="restrict", readonly=True, index="btree_not_null"
    )
    deed = fields.Selection(DEEDS, required=True, readonly=True)
    date = fields.Datetime(required=True, readonly=True)
    user_id = fields.Many2one("res.users", string="By", required=True, readonly=True)
    person_ids = fields.Many2many(
        "res.users",
        "crm_standard_decision_person_rel",
        string="To Whom",
        readonly=True,
        help="Who was asked, or to whom it was delegated.",
    )
    reason = fields.Text(readonly=True)
    team_id = fields.Many2one(
        "crm.team", ondelete="set null", readonly=True, index="btree_not_null"
    )
    company_id = fields.Many2one("res.company", readonly=True, index="btree_not_null")

    @api.model
    def _note(self, requests, deed: str, reason: str = "", people=None) -> None:
        """Write a line for each request; nobody has the right to, so it is done elevated."""
        link = "override_id" if requests._name == "crm.standard.override" else "approval_id"
        self.with_env(self.env(su=True, context={}))._sealed_create(
            [
                {
                    link: request.id,
                    "deed": deed,
                    "date": self.env.cr.now(),
                    "user_id": self.env.uid,
                    "person_ids": [fields.Command.set(people.ids if people else [])],
                    "reason": reason or False,
                    "team_id": request.team_id.id,
                    "company_id": request.company_id.id,
                }
                for request in requests.sudo()  # see above
            ]
        )
