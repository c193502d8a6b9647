from odoo import SUPERUSER_ID, api, fields, models

PUT_OFF, HURRIED, REOPENED, SPLIT = "put_off", "hurried", "reopened", "split"
KINDS = [
    (PUT_OFF, "Due date put off"),
    (HURRIED, "Activity made and closed within a minute"),
    (REOPENED, "Won or lost opportunity reopened"),
    (SPLIT, "Several sales to one customer on one day"),
]


class CrmKpiOddity(models.Model):
    """Something that makes a figure better without any work being done, perhaps.

    It changes no score. Whoever reads a score sees beside it how often it happened, and so does
    the employee. It is noted at the pen, because neither an activity nor a lead remembers it.
    """

    _name = "crm.kpi.oddity"
    _description = "Oddity beside a Score"
    _inherit = ["crm.deadline.sealed"]
    _order = "date desc, id desc"
    _rec_name = "kind"

    kind = fields.Selection(KINDS, required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users", "Employee", required=True, readonly=True, ondelete="restrict"
    )
    team_id = fields.Many2one(
        "crm.team", readonly=True, ondelete="restrict", index="btree_not_null"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="restrict")
    author_id = fields.Many2one("res.users", "Done by", readonly=True, ondelete="restrict")
    date = fields.Date("Day", required=True, readonly=True)
    res_model = fields.Char("Document Model", readonly=True)
    res_id = fields.Many2oneReference("Document", model_field="res_model", readonly=True)
    amount = fields.Float(
        readonly=True,
        digits=0,
        aggregator="avg",
        help="Days it was put off, seconds it took, or how many parts.",
    )

    _user_day_idx = models.Index("(user_id, date)")
    _split_unique = models.UniqueIndex(
        "(kind, user_id, res_model, res_id, date) WHERE author_id IS NULL",
        "What a job finds is noted once.",
    )

    @api.model
    def _note(self, kind, rows):
        """Note what somebody has just done.

        :param rows: of (whose figure, company or none, document model, id, amount)
        """
        # what the system does by itself is nobody's trick
        if not rows or self.env.uid == SUPERUSER_ID:
            return
        # nobody has the right to write here, and the caller's context has no say in it
        notes = self.with_env(self.env(su=True, context={}))
        notes._sealed_create(
            [
                {
                    "kind": kind,
                    "user_id": user.id,
                    "team_id": user.sudo().sale_team_id.id,  # the team of a colleague
                    "company_id": (company or user.sudo().company_id).id,  # as above
                    "author_id": self.env.uid,
                    "date": self._get_day(company or user.sudo().company_id),  # as above
                    "res_model": res_model,
                    "res_id": res_id,
                    "amount": amount,
                }
                for user, company, res_model, res_id, amount in rows
                if user
            ]
        )

    @api.model
    def _get_day(self, company):
        """Return which day it is where the company works."""
        zone = company.sudo()._get_kpi_zone()  # a time zone is no secret
        return fields.Date.context_today(self.with_context(tz=zone))

    @api.model
    def _count_by_kind(self, users, period):
        """Return how often each kind happened, by employee, in one statement.

        Only of those the user may see.
        """
        groups = self._read_group(
            [
                ("user_id", "in", users.ids),
                ("date", ">=", period.first),
                ("date", "<=", period.last),
            ],
            ["user_id", "kind"],
            ["__count"],
        )
        found = {user: {} for user in users}
        for user, kind, count in groups:
            found[user][kind] = count
        return found

    def action_open_document(self):
        """Open the document, if the user may read it and it is still there."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }
