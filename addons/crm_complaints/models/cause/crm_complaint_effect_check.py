from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ...logic import effect

VERDICTS = [
    (effect.FELL, "Fell"),
    (effect.NOT, "Did Not Fall"),
    (effect.FEW, "Too Few to Tell"),
]


class CrmComplaintEffectCheck(models.Model):
    """The register of checks: what the data said about an action, and when. For good.

    Written by the action only (``crm_complaint_action_effect``). It is seen with its action.
    """

    _name = "crm.complaint.effect.check"
    _description = "Check of an Effect"
    _inherit = ["crm.deadline.sealed"]
    _order = "date desc, id desc"
    _rec_name = "action_id"

    action_id = fields.Many2one(
        "crm.complaint.action", required=True, readonly=True, index=True, ondelete="restrict"
    )
    date = fields.Datetime("Checked on", required=True, readonly=True, index=True)
    verdict = fields.Selection(VERDICTS, required=True, readonly=True)
    cause_id = fields.Many2one("crm.complaint.cause", readonly=True, ondelete="restrict")
    product_id = fields.Many2one("product.product", readonly=True, ondelete="restrict")
    about_user_id = fields.Many2one("res.users", "Employee", readonly=True, ondelete="restrict")
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    date_from = fields.Datetime("Before: from", required=True, readonly=True)
    date_action = fields.Datetime("Carried Out on", required=True, readonly=True)
    date_to = fields.Datetime("After: to", required=True, readonly=True)
    count_before = fields.Integer("Before", readonly=True)
    count_after = fields.Integer("After", readonly=True)
    open_count = fields.Integer(
        "Not Investigated",
        readonly=True,
        help="Complaints of the later period whose causes nobody has found yet. So many of them"
        " as usually have this cause are counted in.",
    )
    expected = fields.Float(
        "Expected after",
        digits=(12, 1),
        readonly=True,
        help="How many would have come afterwards if nothing had changed.",
    )
    base = fields.Char("Compared by", readonly=True)
    chance_percent = fields.Float(
        "Chance",
        digits=(5, 2),
        readonly=True,
        help="How likely so few come by chance alone, if the action changed nothing. Up to 5 %"
        " counts as a fall.",
    )
    reason = fields.Text("In Words", readonly=True)

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        if not (self.env.su or bypass_access):
            actions = self.env["crm.complaint.action"]._search([], active_test=False)
            domain = Domain(domain) & Domain("action_id", "in", actions)
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if result or self.env.su or not any(self._ids):
            return result
        forbidden = self - self.search([("id", "in", self.ids)])
        if not forbidden:
            return None
        return forbidden, lambda: AccessError(
            self.env._("You may not see these checks: their actions are not yours to see.")
        )
