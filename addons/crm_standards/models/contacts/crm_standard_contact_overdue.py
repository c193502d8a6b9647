from odoo import api, fields, models
from odoo.tools import SQL


class CrmStandardContactOverdue(models.Model):
    """Communications whose day has passed: open calls, meetings and the like, by customer.

    A view in the database and no table: what is overdue changes every midnight. To-dos that are no
    communication are left out, see the types of activities.
    """

    _name = "crm.standard.contact.overdue"
    _description = "Overdue Communication"
    _auto = False
    _order = "date_deadline, id"
    _rec_name = "name"

    name = fields.Char(string="Activity", readonly=True)
    activity_type_id = fields.Many2one("mail.activity.type", readonly=True)
    channel = fields.Selection(related="activity_type_id.contact_channel")
    res_model = fields.Char(string="Document Model", readonly=True)
    res_id = fields.Many2oneReference(string="Document", model_field="res_model", readonly=True)
    res_name = fields.Char(string="Document Name", readonly=True)
    date_deadline = fields.Date(string="Was due", readonly=True)
    overdue_days = fields.Integer(string="Days Late", readonly=True, aggregator="avg")
    user_id = fields.Many2one("res.users", string="Assigned to", readonly=True)
    team_id = fields.Many2one("crm.team", string="Sales Team", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    lead_id = fields.Many2one("crm.lead", string="Opportunity", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT activity.id, COALESCE(activity.summary, activity.res_name) AS name,
                   activity.activity_type_id, activity.res_model, activity.res_id,
                   activity.res_name, activity.date_deadline,
                   %(today)s::date - activity.date_deadline AS overdue_days, activity.user_id,
                   COALESCE(lead.team_id, employee.sale_team_id) AS team_id,
                   COALESCE(lead.company_id, employee.company_id) AS company_id,
                   lead.id AS lead_id, person.commercial_partner_id AS partner_id
              FROM mail_activity AS activity
              JOIN mail_activity_type AS type ON type.id = activity.activity_type_id
         LEFT JOIN res_users AS employee ON employee.id = activity.user_id
         LEFT JOIN crm_lead AS lead
                ON activity.res_model = 'crm.lead' AND lead.id = activity.res_id
         LEFT JOIN res_partner AS person ON person.id = COALESCE(lead.partner_id,
                   CASE WHEN activity.res_model = 'res.partner' THEN activity.res_id END)
             WHERE activity.active AND activity.date_deadline < %(today)s
               AND type.contact_channel IS NOT NULL
            """,
            today=fields.Date.context_today(self),
        )

    @api.readonly
    def action_open_document(self):
        """Open what the communication is about, with the rights of who asks."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model or "mail.activity",
            "res_id": self.res_id or self.id,
            "views": [(False, "form")],
        }
