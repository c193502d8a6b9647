from odoo import fields, models


class CrmKpiDirty(models.Model):
    """A day of a source on which something has changed: it is counted anew by the next run."""

    _name = "crm.kpi.dirty"
    _description = "Day to Count Anew"
    _inherit = ["crm.deadline.sealed"]
    _order = "date"
    _rec_name = "date"
    _log_access = False

    source_id = fields.Many2one("crm.kpi.source", required=True, readonly=True, ondelete="cascade")
    date = fields.Date(required=True, readonly=True)

    _day_unique = models.Constraint("UNIQUE(source_id, date)", "A day is noted once.")
