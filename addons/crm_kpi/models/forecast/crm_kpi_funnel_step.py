from odoo import fields, models


class CrmKpiFunnelStep(models.Model):
    """A step of a funnel: what is counted, and which share of it should come further."""

    _name = "crm.kpi.funnel.step"
    _description = "Step of a Funnel"
    _order = "funnel_id, sequence, id"
    _rec_name = "measure_id"

    funnel_id = fields.Many2one("crm.kpi.funnel", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="funnel_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    measure_id = fields.Many2one(
        "crm.kpi.measure", "Counted by", required=True, ondelete="restrict", index=True
    )
    rate_percent = fields.Float(
        "Come Further (%)",
        digits=(5, 1),
        help="The reference: which share comes to the next step. 0: as in the last 12 months.",
    )

    _rate_percent = models.Constraint(
        "CHECK(rate_percent >= 0)", "A share of those who come further is 0 or more."
    )
