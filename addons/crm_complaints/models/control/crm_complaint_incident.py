from __future__ import annotations

from odoo import api, fields, models
from odoo.exceptions import UserError

#: What the job found; nobody changes it.
FACTS = frozenset(
    {
        "subject",
        "thing_key",
        "company_id",
        "case_count",
        "usual_count",
        "limit_count",
        "day_count",
        "date_open",
        "date_closed",
        "closed_by_id",
        "state",
    }
)


class CrmComplaintIncident(models.Model):
    """Complaints about one thing rose suddenly, more than chance explains.

    Opened once by a daily job for a category or cause, and for a product or an employee where the
    rise is theirs. It stays open until its owner has written down what it was.
    """

    _name = "crm.complaint.incident"
    _description = "Incident: Sudden Rise of Complaints"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date_open desc, id desc"

    subject = fields.Char(required=True, readonly=True)
    category_id = fields.Many2one(
        "crm.complaint.category", readonly=True, ondelete="restrict", index="btree_not_null"
    )
    cause_id = fields.Many2one(
        "crm.complaint.cause", readonly=True, ondelete="restrict", index="btree_not_null"
    )
    product_id = fields.Many2one(
        "product.product", readonly=True, ondelete="restrict", index="btree_not_null"
    )
    about_user_id = fields.Many2one(
        "res.users", "Employee", readonly=True, ondelete="restrict", index="btree_not_null"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    case_count = fields.Integer("Complaints", readonly=True, help="In the days looked at.")
    usual_count = fields.Float(
        "Usual", readonly=True, aggregator="avg", help="In as many days, by its own history."
    )
    limit_count = fields.Integer(
        "Limit",
        readonly=True,
        aggregator="avg",
        help="More than this comes by chance once in a thousand periods.",
    )
    day_count = fields.Integer("Days", readonly=True, aggregator="avg")
    date_open = fields.Datetime("Found", required=True, readonly=True)
    date_closed = fields.Datetime("Closed", readonly=True, copy=False)
    closed_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict", copy=False)
    owner_id = fields.Many2one(
        "res.users",
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        help="Who finds out what it was.",
    )
    conclusion = fields.Text(
        tracking=True, help="What it was, and what was done. Needed for closing."
    )
    state = fields.Selection(
        [("open", "Open"), ("closed", "Closed")],
        default="open",
        required=True,
        readonly=True,
        index=True,
        tracking=True,
    )

    thing_key = fields.Char(
        compute="_compute_thing_key",
        store=True,
        precompute=True,
        help="What rose, in one word: it has one open incident.",
    )

    _open_once = models.UniqueIndex(
        "(company_id, thing_key) WHERE state = 'open'",
        "This incident is open already.",
    )

    @api.depends(lambda self: self._get_thing_fields())
    def _compute_thing_key(self):
        for incident in self:
            names = filter(incident.__getitem__, self._get_thing_fields())
            incident.thing_key = " ".join(f"{name}={incident[name].id}" for name in names)

    @api.depends("subject")
    def _compute_display_name(self):
        for incident in self:
            incident.display_name = incident.subject

    @api.model_create_multi
    def create(self, vals_list):
        raise self._facts_error()

    def write(self, vals):
        if FACTS.union(self._get_thing_fields()) & vals.keys():
            raise self._facts_error()
        return super().write(vals)

    def unlink(self):
        # pylint: disable=no-raise-unlink; removing the add-on drops the table and asks nobody
        raise self._facts_error()

    def _facts_error(self):
        return UserError(
            self.env._(
                "Incidents are found by the system: nobody can create, delete or change what was"
                " counted. Write down your conclusion and close it."
            )
        )

    def action_close(self):
        """Close incidents whose conclusion is written down."""
        self.check_access("write")
        for incident in self:
            if not (incident.conclusion or "").strip():
                raise UserError(
                    self.env._(
                        "“%(incident)s”: write down what it was before you close it.",
                        incident=incident.display_name,
                    )
                )
        self.filtered(lambda incident: incident.state == "open")._write_facts(
            {
                "state": "closed",
                "date_closed": fields.Datetime.now(),
                "closed_by_id": self.env.uid,
            }
        )
        self.activity_feedback(["mail.mail_activity_data_todo"])

    def action_complaints(self):
        """Open its complaints of the days it was found in, as far as the viewer sees them."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_complaints.crm_complaint_action"
        )
        return {**action, "domain": list(self._get_complaint_domain()), "context": {}}

    def _get_complaint_domain(self):
        """Return the domain of the complaints that were counted."""
        self.ensure_one()
        since = fields.Datetime.subtract(self.date_open, days=self.day_count)
        domain = [
            ("company_id", "=", self.company_id.id),
            ("date_received", ">", since),
            ("date_received", "<=", self.date_open),
        ]
        if self.category_id:
            domain.append(("category_id", "=", self.category_id.id))
        if self.cause_id:
            causes = self.env["crm.complaint.report.cause"].search(
                [("cause_id", "=", self.cause_id.id)]
            )
            domain.append(("id", "in", causes.complaint_id.ids))
        if self.product_id:
            domain.append(("product_id", "=", self.product_id.id))
        if self.about_user_id:
            domain.append(("about_user_ids", "in", self.about_user_id.ids))
        return domain

    @api.model
    def _found_create(self, vals_list):
        """Create incidents. For the job that finds them only."""
        # pylint: disable=super-method-mismatch; going round our own refusal is the point
        return super().create(vals_list)

    def _write_facts(self, vals):
        """Change what was counted. For the job and for closing only."""
        # pylint: disable=super-method-mismatch; as above
        return super().write(vals)
