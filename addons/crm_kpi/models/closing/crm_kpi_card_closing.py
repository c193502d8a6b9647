from dataclasses import asdict

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL, format_date

from ...logic import book, judge
from ...logic.period import period_of, shift
from ...logic.tally import Tally
from ..card.crm_kpi_card_score import WHOSE, CardScore


class CrmKpiCard(models.Model):
    """Closing: a period that is over is counted once more, judged and frozen."""

    _inherit = "crm.kpi.card"

    closing_ids = fields.One2many("crm.kpi.closing", "card_id", "Closed Periods")

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
        action = self.env["ir.actions.act_window"]._for_xml_id("crm_kpi.crm_kpi_closing_action")
        return {**action, "domain": [("card_id", "=", self.id)]}

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
        closing = (
            self.env["crm.kpi.closing"]
            .sudo()
            ._sealed_create(  # as above
                [card._prepare_closing(period, order, measures, self.env.uid)]
            )
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

    def _prepare_closing(self, period, order, measures, user_id):
        kept = book.Book(
            tuple(
                book.Entry(
                    indicator.code,
                    indicator.measure_id.code if indicator.kind == "measure" else None,
                    indicator.formula if indicator.kind == "formula" else None,
                )
                for indicator in order
            ),
            {measure.code: measure.aggregate for measure in measures},
        )
        last = self.closing_ids.sorted("id")[-1:]
        ((last_fact_id,),) = self.env.execute_query(
            SQL("SELECT COALESCE(MAX(id), 0) FROM crm_kpi_fact")
        )
        return {
            "card_id": self.id,
            "company_id": self.company_id.id,
            "currency_id": self.currency_id.id,
            "period": self.period,
            "date_from": period.first,
            "date_to": period.last,
            "user_id": user_id,
            "date_closed": fields.Datetime.now(),
            "plan": judge.dump_plan(self._make_plan()),
            "book": {
                **book.dump(kept),
                "measures": {measure.code: measure._get_definition() for measure in measures},
            },
            "last_fact_id": last_fact_id,
            "previous_id": last.id,
        }

    def _freeze_results(self, closing):
        """Judge everybody by the closing's own plan and book, and keep it."""
        period = period_of(closing.date_from, closing.period)
        plan, kept_book = closing._get_plan(), closing._get_book()
        kinds = [self.user_ids, self.team_ids]
        if self.is_for_company:
            kinds.append(self.company_id)
        subjects = [subject for kind in kinds for subject in kind]
        tallies = self._find_tallies(closing._get_measures(), period.first, period.last, subjects)
        adjusted = self._find_adjustments(period.first, period.last)
        rows = []
        for kind in filter(None, kinds):
            aims = self._find_aims(period, kind, self.line_ids.indicator_id)
            for subject in kind:
                key = self._get_key(subject)
                asked, amounts = aims.get(subject.id, {}), adjusted.get(key, {})
                values = self._adjust(book.evaluate(kept_book, tallies[key]), amounts)
                stands = judge.judge(plan, asked, values)
                rows.append(
                    self._prepare_result(closing, subject, stands, asked)
                    | {
                        "tallies": {c: t and asdict(t) for c, t in tallies[key].items()},
                        "adjustments": amounts,
                    }
                )
        results = self.env["crm.kpi.result"]._sealed_create(
            [{name: row[name] for name in row if name != "lines"} for row in rows]
        )
        self.env["crm.kpi.result.line"]._sealed_create(
            [
                {**line, "result_id": result.id}
                for result, row in zip(results, rows, strict=True)
                for line in row["lines"]
            ]
        )

    def _prepare_result(self, closing, subject, stands, aims):
        is_user = subject._name == "res.users"
        is_team = subject._name == "crm.team"
        team = subject if is_team else subject.sale_team_id if is_user else None
        return {
            "closing_id": closing.id,
            "card_id": self.id,
            "company_id": closing.company_id.id,
            "currency_id": closing.currency_id.id,
            "date_from": closing.date_from,
            "date_to": closing.date_to,
            "user_id": subject.id if is_user else False,
            "team_id": team.id if team else False,
            "has_score": stands.score is not None,
            "score": stands.score or 0.0,
            "zone": stands.zone,
            "bonus": stands.bonus or 0.0,
            "aims": judge.dump_aims(aims),
            "lines": [
                self._prepare_result_line(number, line, aims)
                for number, line in enumerate(stands.lines)
            ],
        }

    def _prepare_result_line(self, number, stands, aims):
        line = self.env["crm.kpi.card.line"].browse(stands.line_id)
        aim = aims.get(line.indicator_id.code)
        return {
            "sequence": number,
            "line_number": line.id,
            "name": line.display_name,
            "indicator_id": line.indicator_id.id,
            "target_id": stands.target_id or False,
            "has_value": stands.value is not None,
            "value": stands.value or 0.0,
            "target": aim.goal.target if aim else 0.0,
            "weight": stands.weight,
            "has_score": stands.score is not None,
            "score": stands.score or 0.0,
            "points": stands.points or 0.0,
        }

    def _find_tallies(self, measures, first, last, subjects):
        """Return what facts add up to, by subject and code of a measure; none where unknown.

        One statement for each kind of subjects.

        :param measures: by code; a code may have lost its measure
        """
        known = self.env["crm.kpi.measure"].union(*measures.values())
        found = {}
        for kind in {subject._name for subject in subjects}:
            whose = WHOSE[kind]
            domain = Domain("company_id", "=", self.company_id.id)
            if whose:
                ids = [subject.id for subject in subjects if subject._name == kind]
                domain &= Domain(whose, "in", ids)
            facts = self.env["crm.kpi.fact"]._get_tallies(
                known, first, last, (whose,) if whose else (), domain
            )
            for subject in subjects:
                if subject._name == kind:
                    key = (subject.id,) if whose else ()
                    found[self._get_key(subject)] = {
                        code: facts[measure].get(key, Tally()) if measure in facts else None
                        for code, measure in measures.items()
                    }
        return found

    # ---- a closed period is told as it was closed ----------------------------------------------

    def _draw_scores(self, period, subjects):
        frozen = self._get_frozen_scores(period, subjects)
        drawn = super()._draw_scores(period, subjects.filtered(lambda s: s not in frozen))
        return {subject: (frozen | drawn)[subject] for subject in subjects}

    def _get_frozen_scores(self, period, subjects):
        """Return scores of a period that is closed; nothing of one that is not."""
        results = (
            self.env["crm.kpi.result"]
            .sudo()
            .search(  # of whom, was said before
                [
                    ("card_id", "=", self.id),
                    ("date_from", "=", period.first),
                    ("date_to", "=", period.last),
                ]
            )
        )
        known = {self._get_key(result._get_subject()): result for result in results}
        return {
            subject: self._get_frozen_score(known[self._get_key(subject)])
            for subject in subjects
            if self._get_key(subject) in known
        }

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
