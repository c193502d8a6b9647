from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools.misc import formatLang

from ...logic import score
from ...logic.period import period_of

COLORS = {score.RED: "danger", score.YELLOW: "warning", score.GREEN: "success"}


class CrmKpiCard(models.Model):
    """How everybody on the scorecard stands in the present period, told on its form."""

    _inherit = "crm.kpi.card"

    standing = fields.Html("Standing in This Period", compute="_compute_standing")

    @api.depends("line_ids", "rung_ids", "user_ids", "team_ids", "is_for_company", "period")
    @api.depends_context("uid", "lang", "allowed_company_ids")
    def _compute_standing(self):
        for card in self:
            is_saved = isinstance(card.id, int)
            card.standing = card._tell_standing() if is_saved and card.line_ids else False

    def _tell_standing(self):
        """Return a row for each one whose score the user may see: units first, then the best."""
        today = fields.Date.context_today(self)
        units, people = self._get_unit_scores(today), self._get_scores(today)
        users = self.env["res.users"].union(*people)
        remarks = self._get_remarks(users, period_of(today, self.period))
        rows = Markup().join(
            self._tell_row(subject, standing, remarks.get(subject, ""))
            for subject, standing in [
                *units.items(),
                *sorted(people.items(), key=lambda s: (s[1].score is None, -(s[1].score or 0))),
            ]
        )
        head = Markup("<tr><th>%s</th><th>%s</th><th>%s</th><th/></tr>") % (
            self.env._("Of Whom"),
            self.env._("Score"),
            self.env._("Bonus"),
        )
        return Markup('<table class="table table-sm">%s%s</table>') % (head, rows)

    def _get_remarks(self, people, period):
        """Hook: return what is to be said beside the scores of employees, by employee."""
        return {}

    def _tell_row(self, subject, standing, remark):
        if standing.score is None:
            said, bonus = self.env._("no value"), ""
        else:
            said = f"{formatLang(self.env, standing.score, digits=1)} %"
            bonus = formatLang(self.env, standing.bonus, currency_obj=self.currency_id)
        # sudo: the name of somebody whose score may be seen
        badge = Markup('<span class="badge text-bg-%s">%s</span>') % (
            COLORS.get(standing.zone, "secondary"),
            said,
        )
        cells = (subject.sudo().name, badge, bonus, remark)
        return Markup("<tr>%s</tr>") % Markup().join(Markup("<td>%s</td>") % cell for cell in cells)
