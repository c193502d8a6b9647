from odoo import fields, models


class CrmComplaintWhy(models.Model):
    """A link of the chain of "why": each answers why the one before it happened.

    Five are a rule of thumb; the last answer that somebody can change is the root cause.
    """

    _name = "crm.complaint.why"
    _description = "Why of a Complaint"
    _inherit = ["crm.complaint.part"]
    _order = "complaint_id, sequence, id"

    sequence = fields.Integer(default=10)
    name = fields.Char("Because", required=True)
    proof = fields.Char(help="By what it is known.")
