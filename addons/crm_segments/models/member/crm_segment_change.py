from odoo import fields, models


class CrmSegmentChange(models.Model):
    """That a customer went from one class to another: when, and with which figures.

    Nobody can add, change or remove it. The first run of a method is no change. A method with a
    history cannot be deleted; should the add-on be, the database takes all along.
    """

    _name = "crm.segment.change"
    _description = "Change of Class"
    _inherit = ["crm.deadline.sealed"]
    _order = "date desc, id desc"
    _rec_name = "partner_id"

    date = fields.Datetime(required=True, readonly=True, index=True)
    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, readonly=True, index=True, ondelete="cascade"
    )
    method_id = fields.Many2one(
        "crm.segment.method", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    from_segment_id = fields.Many2one(
        "crm.segment", "From", readonly=True, index="btree_not_null", ondelete="cascade"
    )
    to_segment_id = fields.Many2one(
        "crm.segment", "To", readonly=True, index="btree_not_null", ondelete="cascade"
    )
    cause = fields.Selection(
        [("figures", "The customer's figures"), ("definition", "The method was changed")],
        required=True,
        readonly=True,
    )
    months = fields.Integer(
        readonly=True, aggregator=None, help="How long the periods were together, at that time."
    )
    amount_before = fields.Monetary("Sum before", readonly=True)
    amount_after = fields.Monetary("Sum after", readonly=True)
    amount_limit = fields.Monetary(
        "Threshold",
        readonly=True,
        aggregator=None,
        help="The smallest sum in the better of the two classes, at that time.",
    )
    variation_before = fields.Float(digits=(16, 2), readonly=True, aggregator=None)
    variation_after = fields.Float(digits=(16, 2), readonly=True, aggregator=None)
    share_before = fields.Float("Share before (%)", digits=(16, 4), readonly=True, aggregator=None)
    share_after = fields.Float("Share after (%)", digits=(16, 4), readonly=True, aggregator=None)
    prior_before = fields.Monetary(
        "Earlier Sum before",
        readonly=True,
        aggregator=None,
        help="Of as many periods earlier, by which growth was judged before the change.",
    )
    prior_after = fields.Monetary("Earlier Sum after", readonly=True, aggregator=None)
    score_before = fields.Integer(readonly=True, aggregator=None)
    score_after = fields.Integer(readonly=True, aggregator=None)
