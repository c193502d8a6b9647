from odoo import api, fields, models
from odoo.fields import Domain

from .crm_survey_exclusion import APPEALED, EXCLUDED, MANAGER


class CrmSurveyFact(models.Model):
    """An answer that is excluded stays where it is, and counts for no figure."""

    _inherit = "crm.survey.fact"

    is_excluded = fields.Boolean("Excluded", readonly=True, help="Does not count for any figure.")
    exclusion_ids = fields.One2many("crm.survey.exclusion", "fact_id", "Exclusions", readonly=True)
    _excluded_idx = models.Index("(date) WHERE is_excluded")
    can_appeal = fields.Boolean(compute="_compute_can_decide")
    can_exclude = fields.Boolean(compute="_compute_can_decide")
    can_refuse = fields.Boolean(compute="_compute_can_decide")
    can_lift = fields.Boolean(compute="_compute_can_decide")

    @api.depends("exclusion_ids.state", "user_id")
    @api.depends_context("uid")
    def _compute_can_decide(self):
        is_manager = self.env.user.has_group(MANAGER)
        for fact in self:
            states = set(fact.exclusion_ids.mapped("state"))
            is_own = fact.user_id == self.env.user
            decides = is_manager and not is_own
            fact.can_appeal = is_own and not states
            fact.can_exclude = decides and EXCLUDED not in states
            fact.can_refuse = decides and APPEALED in states
            fact.can_lift = decides and EXCLUDED in states

    @api.model
    def _get_counted_domain(self):
        return super()._get_counted_domain() & Domain("is_excluded", "!=", True)

    def action_appeal(self):
        """Hold an answer about oneself for unfair."""
        return self._open_deed("appeal", self.env._("Appeal"))

    def action_exclude(self):
        """Take the answer out of the figures."""
        return self._open_deed("exclude", self.env._("Exclude from the Figures"))

    def action_refuse(self):
        """Let the answer count in spite of the appeal."""
        return self._open_deed("refuse", self.env._("It Counts"))

    def action_lift(self):
        """Let an excluded answer count again."""
        return self._open_deed("lift", self.env._("Count Again"))

    def _open_deed(self, deed, name):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": "crm.survey.exclusion.deed",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_fact_id": self.id, "default_deed": deed},
        }
