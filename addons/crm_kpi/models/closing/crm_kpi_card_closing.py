from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL, format_date

from ...logic.period import period_of, shift
from ..card.crm_kpi_card_score import WHOSE, CardScore


class CrmKpiCard(models.Model):
    """Closing: a period that is over is counted once more, judged and frozen."""

    _inherit = "crm.kpi.card"

    closing_ids = fields.One2many("crm.kpi.closing", "card_id", "Closed Periods")
    close_problem = fields.Char("Why It Was Not Closed", readonly=True, copy=False)

    @api.constrains("company_id")
    def _check_closed_company(self):
        for card in self:
            closings = card.sudo().closing_ids  # whether there are any
            if closings.company_id - card.company_id:
                raise ValidationError(
                    self.env._(
                        "%(card)s has closed periods: it stays with its company. Copy it for "
                        "another one.",
                        card=card.name,
                    )
                )

    def action_close(self):
        """Close the oldest period that is over and not closed yet."""
        self.ensure_one()
        closing = self._close(self._get_next_period())
        return {
            "type": "ir.actions.act_window",
            "res_model": "crm.kpi.closing",
            "res_id": closing.id,
            "views": [(False, "form")],
        }

    def action_open_closings(self):
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("crm_kpi.crm_kpi_closing_action")
        return {**action, "domain": [("card_id", "=", self.id)]}

    @api.model
    def _cron_close(self):
        """Close what is over for so many days as its company says, card after card."""
        cards = self.sudo().search([("company_id.kpi_close_after", ">", 0)])  # a job for all
        due = cards.filtered(lambda card: card._is_to_be_closed())
        self.env["ir.cron"]._commit_progress(remaining=len(due))
        for card in due:
            card._try_close()
            if not self.env["ir.cron"]._commit_progress(1):
                break

    def _is_to_be_closed(self):
        ends = self._get_next_period().last
        return self._get_local_today() > fields.Date.add(ends, days=self.company_id.kpi_close_after)

    def _try_close(self):
        """Close a period; what hinders it is told on the scorecard, and hinders no other."""
        try:
            with self.env.cr.savepoint():
                self._close(self._get_next_period())
        except UserError as error:
            if error.args[0] != self.close_problem:
                self.close_problem = error.args[0]
        else:
            self.close_problem = False

    def _get_next_period(self):
        """Return the period after the last closed one; at first, the one before the present."""
        self.ensure_one()
        last = self.sudo().closing_ids.sorted("date_to")[-1:]  # dates only
        if last:
            return period_of(fields.Date.add(last.date_to, days=1), self.period)
        return shift(period_of(self._get_local_today(), self.period), self.period, -1)

    def _get_local_today(self):
        """Return which day it is where the company works."""
        zone = self.company_id.sudo()._get_kpi_zone()  # a time zone is no secret
        return fields.Date.context_today(self.with_context(tz=zone))

    def _check_can_close(self, period):
        if not (self.env.su or self.env.user.has_group("crm_kpi.group_manager")):
            raise AccessError(self.env._("Only managers of KPI close a period."))
        self.check_access("write")
        words = {
            "card": self.name,
            "first": format_date(self.env, period.first),
            "last": format_date(self.env, period.last),
        }
        if period.last >= self._get_local_today():
            raise UserError(
                self.env._(
                    "%(card)s: the period %(first)s - %(last)s is not over yet. It can be "
                    "closed on the day after.",
                    **words,
                )
            )
        rivals = Domain("date_from", "<=", period.last) & Domain("date_to", ">=", period.first)
        if self.sudo().closing_ids.filtered_domain(rivals):  # whether there is one
            raise UserError(
                self.env._("%(card)s: days from %(first)s to %(last)s are closed already.", **words)
            )

    def _close(self, period):
        """Count a period once more, and freeze how everybody stands."""
        self.ensure_one()
        self._check_can_close(period)
        card = self.sudo()  # results are written by nobody else
        order, measures = card.line_ids.indicator_id._get_graph()
        card._bring_up_to_date(measures)
        closing = card.env["crm.kpi.closing"]._sealed_create(
            [card._prepare_closing(period, order, measures, self.env.uid)]
        )
        closing._sealed_write({"facts_digest": closing._make_facts_digest()})
        card._freeze_results(closing)
        closing._sealed_write(
            {"digest": closing._make_digest(), "seen_count": closing._count_seen()[closing.id]}
        )
        return closing.with_env(self.env)

    def _bring_up_to_date(self, measures):
        """Count what has changed, and let nobody else count until the period is closed."""
        engine = self.env["crm.kpi.engine"]
        groups = measures.grouped("model_name")
        self.env.flush_all()
        self.env.execute_query(
            SQL(
                "SELECT id FROM crm_kpi_source WHERE model_name = ANY(%s) FOR NO KEY UPDATE",
                list(groups),
            )
        )
        engine._watch_people()
        for group in groups.values():
            engine._refresh(group)
        if broken := measures.filtered(lambda measure: measure.state != "ready"):
            raise UserError(
                self.env._(
                    "%(card)s cannot be closed: %(measures)s cannot be counted. Mend these "
                    "measures, or take what reads them off the scorecard.",
                    card=self.name,
                    measures=", ".join(broken.mapped("name")),
                )
            )

    # ---- a closed period is told as it was closed ----------------------------------------------

    def _get_judged_users(self, period):
        """Return of whom a closed period has results, who has left or come since or not."""
        if not self.sudo()._find_closing(period):  # whether it is closed is no secret
            return super()._get_judged_users(period)
        results = self.env["crm.kpi.result"].search(
            [
                ("card_id", "=", self.id),
                ("date_from", "=", period.first),
                ("date_to", "=", period.last),
                ("user_id", "!=", False),
            ]
        )
        return results.user_id

    def _find_closing(self, period):
        return self.env["crm.kpi.closing"].search(
            [
                ("card_id", "=", self.id),
                ("date_from", "=", period.first),
                ("date_to", "=", period.last),
            ]
        )

    def _draw_course(self, periods, subjects):
        frozen = self._get_frozen_scores(periods, subjects)
        is_open = [period for period in periods if set(subjects) - frozen[period].keys()]
        drawn = super()._draw_course(is_open, subjects)
        found = {period: drawn.get(period, {}) | frozen[period] for period in periods}
        return {
            period: {subject: scores[subject] for subject in subjects}
            for period, scores in found.items()
        }

    def _get_frozen_scores(self, periods, subjects):
        """Return scores of periods that are closed, by period; nothing of those that are not."""
        by_days = {(period.first, period.last): period for period in periods}
        whose = WHOSE[subjects._name]
        domain = Domain(whose, "in", subjects.ids) if whose else Domain("team_id", "=", False)
        if whose != "user_id":  # results of employees say their team, too
            domain &= Domain("user_id", "=", False)
        results = self.env["crm.kpi.result"].sudo()  # of whom, was said before
        found = {period: {} for period in periods}
        known = {self._get_key(subject): subject for subject in subjects}
        for result in results.search(
            domain
            & Domain("card_id", "=", self.id)
            & Domain("date_from", "in", [period.first for period in periods])
        ):
            period = by_days.get((result.date_from, result.date_to))
            subject = known.get(self._get_key(result._get_subject()))
            if period and subject is not None:
                found[period][subject] = self._get_frozen_score(result)
        return found

    @api.model
    def _get_frozen_score(self, result):
        return CardScore(
            result.user_id.id or None,
            result.score if result.has_score else None,
            result.zone or None,
            result.bonus if result.has_score else None,
            tuple(line._get_score() for line in result.line_ids),
            None if result.user_id else result.team_id.id or None,
        )
