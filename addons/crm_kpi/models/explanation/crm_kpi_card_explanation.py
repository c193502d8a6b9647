from odoo import api, fields, models
from odoo.exceptions import UserError


class CrmKpiCard(models.Model):
    """The ways into an explanation."""

    _inherit = "crm.kpi.card"

    @api.model
    def action_explain_mine(self):
        """Open one's own score on the first scorecard one is judged by."""
        card = self.search([("user_ids", "in", self.env.uid)], limit=1)
        if not card:
            raise UserError(self.env._("You are not on any scorecard. Ask a manager of KPI."))
        return card._explain(self.env.user, fields.Date.context_today(self))

    def action_explain_own(self, back=0):
        """Open one's own score so many periods ago."""
        self.ensure_one()
        self.check_access("read")
        return self._explain(self.env.user, self._get_period(self._check_back(back)).first)

    def action_explain(self):
        """Open one's own score; whoever has none sees that of the first employee he may see."""
        self.ensure_one()
        people = self._get_visible_users()
        if not people:
            raise UserError(self.env._("Nobody on this scorecard is yours to look at."))
        user = self.env.user if self.env.user in people else people[0]
        return self._explain(user, fields.Date.context_today(self))

    def _explain(self, user, day):
        """Return an action that opens the explanation of a score."""
        self.ensure_one()
        explanation = self.env["crm.kpi.explanation"].create(
            {"card_id": self.id, "user_id": user.id, "date": day}
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("How the Score Came About"),
            "res_model": explanation._name,
            "res_id": explanation.id,
            "views": [(False, "form")],
        }

    def _find_result(self, period, subject):
        """Return the closed result of somebody, if the period is closed."""
        results = self.env["crm.kpi.result"].search(
            [
                ("card_id", "=", self.id),
                ("date_from", "=", period.first),
                ("date_to", "=", period.last),
            ]
        )
        return results.filtered(lambda result: result._get_subject() == subject)[:1]
