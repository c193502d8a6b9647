from odoo import fields, models


class CrmSegmentMembership(models.Model):
    """That a customer is in a class now, and the figures that put him there.

    One row for each customer and method; written by the method's statement only.
    """

    _name = "crm.segment.membership"
    _description = "Customer in a Class"
    _inherit = ["crm.deadline.sealed"]
    _order = "method_id, rank, amount desc, id"
    _rec_name = "partner_id"
    _log_access = False

    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, readonly=True, index=True, ondelete="cascade"
    )
    method_id = fields.Many2one(
        "crm.segment.method", required=True, readonly=True, ondelete="cascade"
    )
    segment_id = fields.Many2one(
        "crm.segment", "Class", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    color = fields.Integer(related="segment_id.color")
    kind = fields.Selection(related="method_id.kind")
    date_since = fields.Date("In Class since", required=True, readonly=True)
    amount = fields.Monetary("Sum", readonly=True)
    prior_amount = fields.Monetary("Sum before", readonly=True)
    share_percent = fields.Float("Share (%)", digits=(16, 4), readonly=True)
    running_percent = fields.Float(
        "Running Share (%)", digits=(16, 4), readonly=True, aggregator=None
    )
    variation_percent = fields.Float(
        "Variation (%)", digits=(16, 2), readonly=True, aggregator="avg"
    )
    growth_percent = fields.Float("Growth (%)", digits=(16, 2), readonly=True, aggregator="avg")
    score = fields.Integer("RFM Score", readonly=True, aggregator=None)
    rank = fields.Integer("Place", readonly=True, aggregator=None)

    # none on figures: they move each month, and rows whose keys stay are updated in their place
    _member_unique = models.UniqueIndex("(method_id, partner_id)")
