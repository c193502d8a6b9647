from odoo import fields, models


class CrmKpiPresence(models.Model):
    """A day on which an employee was in the system; core forgets, and this stays.

    That somebody was there is kept, not when, how long, or from where.
    """

    _name = "crm.kpi.presence"
    _description = "Day in the System"
    _inherit = ["crm.deadline.sealed"]
    _order = "date desc, id desc"
    _rec_name = "date"

    user_id = fields.Many2one(
        "res.users", "Employee", required=True, readonly=True, ondelete="restrict"
    )
    date = fields.Date("Day", required=True, readonly=True)

    _day_unique = models.Constraint("UNIQUE(user_id, date)", "A day is noted once.")
