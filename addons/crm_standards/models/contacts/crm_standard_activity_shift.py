from __future__ import annotations

from datetime import date

from odoo import api, fields, models


class CrmStandardActivityShift(models.Model):
    """Every change of an activity's due date: from, to, by whom, why. Core forgets the old one.

    A line outlives its activity. It names the customer and the opportunity, so that one sees what
    is put off again and again.
    """

    _name = "crm.standard.activity.shift"
    _description = "Shift of an Activity"
    _inherit = ["crm.deadline.sealed"]
    _order = "date desc, id desc"
    _log_access = False  # a shift has its own date and person

    activity_id = fields.Many2one(
        "mail.activity", ondelete="set null", readonly=True, index="btree_not_null"
    )
    name = fields.Char(string="Activity then", readonly=True)
    activity_type_id = fields.Many2one("mail.activity.type", ondelete="set null", readonly=True)
    res_model = fields.Char(string="Document Model", readonly=True)
    res_id = fields.Many2oneReference(string="Document", model_field="res_model", readonly=True)
    res_name = fields.Char(string="Document then", readonly=True)
    lead_id = fields.Many2one(
        "crm.lead",
        string="Opportunity",
        ondelete="set null",
        readonly=True,
        index="btree_not_null",
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        ondelete="set null",
        readonly=True,
        index="btree_not_null",
    )
    date = fields.Datetime(string="Shifted on", required=True, readonly=True, index=True)
    date_from = fields.Date(string="Was due", required=True, readonly=True)
    date_to = fields.Date(string="Is due", required=True, readonly=True)
    shift_days = fields.Integer(
        string="Days", readonly=True, help="By how many days it was put off; negative: sooner."
    )
    is_overdue = fields.Boolean(
        string="Was overdue", readonly=True, help="Its day had passed when it was put off."
    )
    reason = fields.Char(readonly=True)
    user_id = fields.Many2one(
        "res.users", string="Assigned to", readonly=True, index="btree_not_null"
    )
    actor_id = fields.Many2one("res.users", string="Shifted by", readonly=True)
    team_id = fields.Many2one(
        "crm.team", ondelete="set null", readonly=True, index="btree_not_null"
    )
    company_id = fields.Many2one("res.company", readonly=True, index="btree_not_null")

    @api.depends("name", "date_from", "date_to")
    def _compute_display_name(self):
        for shift in self:
            shift.display_name = f"{shift.name or ''}: {shift.date_from} → {shift.date_to}"

    @api.model
    def _note_before(self, activities) -> dict[int, date]:
        """Return the due dates of activities before they are written."""
        # the log is complete, whatever its author may read
        return {activity.id: activity.date_deadline for activity in activities.sudo()}

    @api.model
    def _log(self, activities, before: dict[int, date], reason: str | None):
        """Write a line for each activity whose due date has changed."""
        # as in _note_before; and the caller's context must not colour a fact
        activities = activities.with_env(self.env(su=True, context={"lang": self.env.lang}))
        moved = activities.filtered(lambda one: one.date_deadline != before[one.id])
        documents = self._get_documents(moved)
        lines = [
            self._prepare_line(activity, before[activity.id], documents, reason)
            for activity in moved
        ]
        if lines:
            # nobody has the right to write here
            self.with_env(self.env(su=True, context={}))._sealed_create(lines)

    @api.model
    def _get_documents(self, activities) -> dict:
        """Return the existing documents of the activities and their customers, by model and id."""
        found = {}
        for model, group in activities.filtered("res_model").grouped("res_model").items():
            if model in self.env:
                # as in _note_before
                documents = self.env[model].sudo().browse(set(group.mapped("res_id"))).exists()
                people = {
                    res_id: partners[:1].id
                    for res_id, partners in documents._mail_get_partners().items()
                }
                # read together
                partners = documents.env["res.partner"].browse(filter(None, people.values()))
                customers = {one.id: one.commercial_partner_id for one in partners}
                nobody = partners.browse()
                for document in documents:
                    customer = customers.get(people[document.id], nobody)
                    found[model, document.id] = (document, customer)
        return found

    @api.model
    def _prepare_line(self, activity, was: date, documents: dict, reason: str | None) -> dict:
        """Return the line about one activity."""
        nothing = (self.env["crm.lead"], self.env["res.partner"])
        document, partner = documents.get((activity.res_model, activity.res_id), nothing)
        lead = document if activity.res_model == "crm.lead" else nothing[0]
        now, user = fields.Datetime.now(), activity.user_id
        return {
            "activity_id": activity.id,
            "name": activity.display_name,
            "activity_type_id": activity.activity_type_id.id,
            "res_model": activity.res_model,
            "res_id": activity.res_id,
            "res_name": activity.res_name,
            "lead_id": lead.id,
            "partner_id": partner.id,
            "date": now,
            "date_from": was,
            "date_to": activity.date_deadline,
            "shift_days": (activity.date_deadline - was).days,
            "is_overdue": was < now.date(),
            "reason": (reason or "").strip() or False,
            "user_id": user.id,
            "actor_id": self.env.uid,
            "team_id": (lead.team_id or user.sale_team_id).id,
            "company_id": (lead.company_id or user.company_id).id,
        }
