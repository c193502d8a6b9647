from odoo import api, fields, models


class MailActivity(models.Model):
    """Activities: warned about before they bother a customer, and every shift of them logged."""

    _inherit = "mail.activity"

    contact_warning = fields.Text(compute="_compute_contact_warning")
    shift_reason = fields.Char(
        string="Why another day",
        store=False,
        help="Goes into the log of shifts when the due date is changed.",
    )

    @api.depends("res_model", "res_id", "activity_type_id")
    @api.depends_context("lang", "uid")
    def _compute_contact_warning(self):
        norms = self.env["crm.standard.contact.norm"]
        planned = self.filtered(lambda one: one.activity_type_id.contact_channel and one.res_id)
        customers = {}
        for model, activities in planned.grouped("res_model").items():
            documents = norms._get_readable(model, set(activities.mapped("res_id")))
            by_document = norms._get_customers_each(documents)
            customers |= {
                activity: by_document[activity.res_id]
                for activity in activities
                if activity.res_id in by_document
            }
        warnings = norms._warn_each(customers)
        for activity in self:
            activity.contact_warning = warnings.get(activity, "")

    @api.model_create_multi
    def create(self, vals_list):
        activities = super().create(
            [{k: v for k, v in vals.items() if k != "shift_reason"} for vals in vals_list]
        )
        activities._refuse_excess()
        return activities

    def write(self, vals):
        todos = self.browse()
        if "activity_type_id" in vals:
            todos = self.filtered(lambda activity: not activity.activity_type_id.contact_channel)
        log = self.env["crm.standard.activity.shift"]
        before = log._note_before(self) if "date_deadline" in vals else None
        result = super().write({k: v for k, v in vals.items() if k != "shift_reason"})
        if before is not None:
            log._log(self, before, vals.get("shift_reason"))
        todos._refuse_excess()  # such as became calls or meetings
        return result

    def _refuse_excess(self) -> None:
        """Refuse a person a call or a meeting with a customer that is one too many."""
        norms = self.env["crm.standard.contact.norm"]
        if self.env.su or not norms._has_bounds():
            return
        planned = self.filtered(lambda activity: activity.activity_type_id.contact_channel)
        customers = self.env["res.partner"]
        for model, activities in planned.grouped("res_model").items():
            if model:
                # the law applies also where the user may not look
                documents = self.env[model].sudo().browse(set(activities.mapped("res_id")))
                customers |= norms._get_customers(documents).sudo(False)
        norms._refuse_excess(customers)
