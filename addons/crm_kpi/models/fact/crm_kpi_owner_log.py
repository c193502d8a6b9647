from odoo import fields, models


class CrmKpiOwnerLog(models.Model):
    """Who had a document from when to when, once somebody else has it.

    Whoever has it now stands on the document itself. With the log what happened then is counted
    for whoever had it then, however often everything is counted anew. The team and the company of
    an employee are logged the same way: their document is the user. Where fields with dots between
    lead to the owner, the log of the document they end at is asked first.
    """

    _name = "crm.kpi.owner.log"
    _description = "Former Owner"
    _inherit = ["crm.deadline.sealed"]
    _order = "date_to desc, id desc"
    _rec_name = "res_id"
    _log_access = False

    model_name = fields.Char("Document Model", required=True, readonly=True)
    path = fields.Char("Owner by", required=True, readonly=True)
    res_id = fields.Many2oneReference(
        "Document", model_field="model_name", required=True, readonly=True
    )
    user_id = fields.Many2one(
        "res.users",
        "Employee",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
        help="Empty: nobody had it.",
    )
    team_id = fields.Many2one("crm.team", readonly=True, ondelete="restrict")
    company_id = fields.Many2one("res.company", readonly=True, ondelete="restrict")
    date_from = fields.Datetime("From", readonly=True, help="Empty: from the beginning.")
    date_to = fields.Datetime("To", required=True, readonly=True)

    _stay_unique = models.UniqueIndex(
        "(model_name, path, res_id, date_to)", "Two stays of a document cannot end at once."
    )
