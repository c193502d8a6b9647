from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ...logic.period import period_of, periods
from ..indicator.crm_kpi_target import AGREED, DRAFT

#: What is asked, in numbers.
AMOUNTS = ("minimum", "target", "stretch", "upper", "tolerance")
#: Whose target it is, and of what.
SUBJECT = ("indicator_id", "company_id", "user_id", "team_id")


class CrmKpiTarget(models.Model):
    """Drafting many targets at once: what is in force is replaced by versions, as ever."""

    _inherit = "crm.kpi.target"

    people_total = fields.Float(
        "Sum of Its People's Targets",
        compute="_compute_people_total",
        groups="crm_kpi.group_leader",
        digits=0,
        help="Targets in force of the employees of the team, or of all, in the same period.",
    )

    @api.depends("team_id", "user_id", "indicator_id", "period", "date_from", "company_id")
    def _compute_people_total(self):
        for target in self:
            is_sum = not target.user_id and target.indicator_id._is_additive()
            target.people_total = target._sum_people() if is_sum else 0.0

    def _sum_people(self):
        """Return what is asked of the people of a team, or of everybody, in all."""
        whose = Domain("user_id", "!=", False)
        if self.team_id:
            whose = Domain("user_id.sale_team_id", "=", self.team_id.id)
        ((total,),) = self._read_group(
            whose
            & Domain("state", "=", AGREED)
            & Domain("indicator_id", "=", self.indicator_id.id)
            & Domain("company_id", "=", self.company_id.id)
            & Domain("period", "=", self.period)
            & Domain("date_from", "=", self.date_from),
            [],
            ["target:sum"],
        )
        return total or 0.0

    @api.model
    def _check_planning(self):
        if not self.env.user.has_group("crm_kpi.group_manager"):
            raise AccessError(self.env._("Only managers of KPI set targets."))

    @api.model
    def _draft(self, vals_list):
        """Draft targets: a new version where one is in force, changed where there is a draft.

        :param vals_list: each with indicator, company, employee or team, period and day
        """
        self._check_planning()
        known = self._find_known(vals_list)
        drafts, fresh = self.browse(), []
        for vals in vals_list:
            rivals = known.get(self._get_place(vals), self.browse())
            draft = rivals.filtered(lambda target: target.state == DRAFT)[:1]
            if not draft and rivals:
                draft = self.browse(rivals[0].action_new_version()["res_id"])
            if draft:
                draft.write({name: vals[name] for name in vals if name not in SUBJECT})
                drafts |= draft
            else:
                fresh.append(vals)
        return drafts | self.create(fresh)

    def _find_known(self, vals_list):
        """Return drafts and targets in force by subject and period, in one statement."""
        targets = self.search(
            Domain("state", "in", (AGREED, DRAFT))
            & Domain("indicator_id", "in", [vals["indicator_id"] for vals in vals_list])
            & Domain("company_id", "in", [vals["company_id"] for vals in vals_list])
        )
        return targets.grouped(
            lambda target: self._get_place(
                {name: target[name].id for name in SUBJECT}
                | {"period": target.period, "date_from": target.date_from}
            )
        )

    @api.model
    def _get_place(self, vals):
        """Return what two targets that exclude each other have in common."""
        first = period_of(vals["date_from"], vals["period"]).first
        subject = tuple(vals.get(name) or False for name in SUBJECT)
        return subject, vals["period"], first

    def _prepare_copy(self, **changed):
        """Return the values of such a target for another period."""
        self.ensure_one()
        kept = {name: self[name].id for name in SUBJECT}
        names = (*AMOUNTS, "has_stretch", "cap_percent", "weight", "period")
        return kept | {name: self[name] for name in names} | changed

    def _get_months(self):
        """Return the months a target of a quarter or a year consists of."""
        self.ensure_one()
        return list(periods(self.date_from, self.date_to, "month"))

    def action_open_spread(self):
        """Spread a target of a year over its months."""
        self.ensure_one()
        self._check_planning()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_kpi.crm_kpi_target_spread_action"
        )
        return {**action, "context": {"default_target_id": self.id}}

    @api.model
    def _open_drafts(self, drafts):
        """Return an action that shows what was drafted."""
        action = self.env["ir.actions.act_window"]._for_xml_id("crm_kpi.crm_kpi_target_action")
        return {**action, "domain": [("id", "in", drafts.ids)], "context": {}}
