from dataclasses import asdict

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...logic import book, judge
from ...logic.period import period_of
from ...logic.tally import Tally
from ..card.crm_kpi_card_score import WHOSE
from ..indicator.crm_kpi_indicator import FORMULA, MEASURE


class CrmKpiCard(models.Model):
    """What a closed period keeps: its rules, what was counted, and how everybody stands."""

    _inherit = "crm.kpi.card"

    def _prepare_closing(self, period, order, measures, user_id):
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
                **book.dump(self._make_book(order, measures)),
                "measures": {measure.code: measure._get_definition() for measure in measures},
            },
            "last_fact_id": last_fact_id,
            "previous_id": last.id,
        }

    def _make_book(self, order, measures):
        """Return indicators and measures as the rules of judgement take them."""
        return book.Book(
            tuple(
                book.Entry(
                    indicator.code,
                    indicator.measure_id.code if indicator.kind == MEASURE else None,
                    indicator.formula if indicator.kind == FORMULA else None,
                )
                for indicator in order
            ),
            {measure.code: measure.aggregate for measure in measures},
        )

    def _freeze_results(self, closing):
        """Judge everybody by the closing's own plan and book, and keep it."""
        period = period_of(closing.date_from, closing.period)
        kinds = self._get_subjects()
        tallies = self._find_tallies(
            closing._get_measures(),
            period.first,
            period.last,
            [subject for kind in kinds for subject in kind],
        )
        adjusted = self._find_adjustments([period])[period]
        rows = []
        for kind in kinds:
            aims = self._find_aims([period], kind, self.line_ids.indicator_id)[period]
            for subject in kind:
                key, asked = self._get_key(subject), aims.get(subject.id, {})
                # who has left is judged for the period in which something was asked of him
                if asked or "active" not in subject._fields or subject.active:
                    amounts = adjusted.get(key, {})
                    rows.append(self._freeze_result(closing, subject, asked, tallies[key], amounts))
        lines = [row.pop("lines") for row in rows]
        results = self.env["crm.kpi.result"]._sealed_create(rows)
        self.env["crm.kpi.result.line"]._sealed_create(
            [
                {**line, "result_id": result.id}
                for result, kept in zip(results, lines, strict=True)
                for line in kept
            ]
        )

    def _get_subjects(self):
        """Return who is judged, by kind: employees, teams and the company; those who left, too."""
        card = self.with_context(active_test=False)
        kinds = [card.user_ids, card.team_ids]
        if self.is_for_company:
            kinds.append(self.company_id)
        return [kind.with_env(self.env) for kind in kinds if kind]

    def _freeze_result(self, closing, subject, aims, tallies, amounts):
        """Return the row of somebody's result, with its lines."""
        values = self._adjust(book.evaluate(closing._get_book(), tallies), amounts)
        stands = judge.judge(closing._get_plan(), aims, values)
        return {
            **self._prepare_result(closing, subject, stands, aims),
            "tallies": {code: tally and asdict(tally) for code, tally in tallies.items()},
            "adjustments": amounts,
        }

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
