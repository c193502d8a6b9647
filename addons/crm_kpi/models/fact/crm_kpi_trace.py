from odoo import fields, models


class CrmKpiTrace(models.Model):
    """Where a document stood when it was looked at last: on which days it counted, and for whom.

    By it the engine knows which days a change touches - also the day a document has left - and
    who had it before. Written by ``crm.kpi.engine`` only.
    """

    _name = "crm.kpi.trace"
    _description = "Trace of a Measured Document"
    _inherit = ["crm.deadline.sealed"]
    _order = "id desc"
    _rec_name = "res_id"
    _log_access = False

    source_id = fields.Many2one("crm.kpi.source", required=True, readonly=True, ondelete="cascade")
    res_id = fields.Integer("Document", required=True, readonly=True)
    stamp = fields.Datetime("Changed on", readonly=True)
    days = fields.Json(readonly=True, help="In the order of the dates of the source.")
    owners = fields.Json(readonly=True, help="In the order of its paths; 0 is nobody.")

    _document_unique = models.Constraint(
        "UNIQUE(source_id, res_id)", "A document has one trace in a source."
    )
