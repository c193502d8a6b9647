from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import format_date
from odoo.tools.misc import formatLang

from ...logic import explain


class CrmKpiExplanationLine(models.TransientModel):
    """A line of a scorecard, with the arithmetic of its score in words."""

    _name = "crm.kpi.explanation.line"
    _description = "Line of an Explanation"
    _order = "explanation_id, id"

    explanation_id = fields.Many2one(
        "crm.kpi.explanation", required=True, readonly=True, ondelete="cascade", index=True
    )
    name = fields.Char(readonly=True)
    indicator_id = fields.Many2one("crm.kpi.indicator", readonly=True, ondelete="cascade")
    target_id = fields.Many2one("crm.kpi.target", readonly=True, ondelete="cascade")
    has_value = fields.Boolean(readonly=True)
    value = fields.Float(readonly=True, digits=0)
    has_score = fields.Boolean(readonly=True)
    score = fields.Float("Score (%)", readonly=True, digits=(6, 1))
    weight = fields.Float(readonly=True, digits=(6, 2))
    points = fields.Float(readonly=True, digits=(6, 1))
    told = fields.Html("How", readonly=True)
    measure_ids = fields.One2many(
        "crm.kpi.explanation.measure", "line_id", "Counted From", readonly=True
    )

    @api.model
    def _draw_lines(self, explanation, stands, ground):
        """Draw all lines of an explanation, with what each was counted from."""
        entries = {entry.code: entry for entry in ground.book.entries}
        card_lines = self.env["crm.kpi.card.line"].sudo()  # of a card the user was let see
        targets = self.env["crm.kpi.target"].sudo()  # as above
        amounts = explanation._get_adjustments()
        for stand in stands.lines:
            card_line = card_lines.browse(stand.line_id).exists()
            kept = ground.kept.get(stand.line_id) or card_line
            indicator = kept.indicator_id
            target = targets.browse(stand.target_id or [])
            line = self.create(
                {
                    "explanation_id": explanation.id,
                    "name": kept.name or indicator.name,
                    "indicator_id": indicator.id,
                    "target_id": target.id,
                    "has_value": stand.value is not None,
                    "value": stand.value or 0.0,
                    "has_score": stand.score is not None,
                    "score": stand.score or 0.0,
                    "weight": stand.weight,
                    "points": stand.points or 0.0,
                    "told": self._tell(
                        stand,
                        entries.get(indicator.code),
                        target,
                        ground.values,
                        amounts[indicator],
                    )
                    if indicator
                    else False,
                }
            )
            if entry := entries.get(indicator.code):
                line._draw_measures(self._get_codes(entry, entries), ground)

    @api.model
    def _get_codes(self, entry, entries):
        """Return codes of all measures an indicator is counted from."""
        if entry.formula is None:
            return {entry.measure}
        found = set()
        for code in explain.get_codes(entry.formula):
            found |= self._get_codes(entries[code], entries) if code in entries else {code}
        return found

    def _draw_measures(self, codes, ground):
        tallies = {code: tally for code, tally in ground.tallies.items() if tally}
        self.env["crm.kpi.explanation.measure"].create(
            [
                {
                    "line_id": self.id,
                    "measure_id": ground.measures[code].id,
                    # broken, or of too few: then nothing is told, and not 0
                    "has_value": code in tallies,
                    "total": tallies[code].total if code in tallies else 0.0,
                    "count": tallies[code].count if code in tallies else 0.0,
                }
                for code in sorted(codes)
                if ground.measures.get(code)
            ]
        )

    # ---- in words -----------------------------------------------------------------------------

    @api.model
    def _tell(self, stand, entry, target, values, adjustments):
        """Return how a line came about, step by step."""
        steps = []
        if entry and entry.formula is not None:
            steps.append(self._tell_formula(entry, values))
        steps += [self._tell_adjustment(adjustment) for adjustment in adjustments]
        if target:
            steps += [self._tell_target(target), self._tell_place(stand, target)]
        else:
            steps.append(self.env._("No target was in force: the line takes no part."))
        if stand.score:
            steps.append(
                self.env._(
                    "%(score)s %% with a part of %(part)s %% of the whole give %(points)s points.",
                    score=self._number(stand.score),
                    part=self._number(100 * (stand.points or 0.0) / stand.score),
                    points=self._number(stand.points or 0.0),
                )
            )
        return Markup("<ul class='mb-0'>%s</ul>") % Markup().join(
            Markup("<li>%s</li>") % step for step in steps
        )

    def _tell_formula(self, entry, values):
        words = {code: self._number(value) for code, value in values.items()}
        counted = explain.substitute(entry.formula, words)
        return f"{entry.formula} = {counted} = {self._number(values.get(entry.code))}"

    def _tell_adjustment(self, adjustment):
        return self.env._(
            "Adjusted by %(amount)s by %(author)s: %(reason)s",
            amount=self._number(adjustment.amount),
            author=adjustment.author_id.name,
            reason=adjustment.reason,
        )

    def _tell_target(self, target):
        words = {"target": self._number(target.target), "version": target.version}
        if target.date_acknowledged:
            return self.env._(
                "Target %(target)s, version %(version)s, agreed to on %(date)s.",
                date=format_date(self.env, target.date_acknowledged.date()),
                **words,
            )
        return self.env._("Target %(target)s, version %(version)s, not agreed to yet.", **words)

    def _tell_place(self, stand, target):
        place = explain.place(stand.value, target._get_goal())
        words = {
            "value": self._number(stand.value),
            "low": self._number(place.low),
            "high": self._number(place.high),
            "low_score": self._number(place.low_score),
            "high_score": self._number(place.high_score),
            "score": self._number(stand.score),
        }
        told = {
            explain.NO_VALUE: self.env._("There is no value: the line takes no part."),
            explain.WORSE: self.env._(
                "%(value)s does not reach the minimum of %(low)s: 0 %%.", **words
            ),
            explain.BETWEEN: self.env._(
                "%(low)s give %(low_score)s %%, %(high)s give %(high_score)s %%; on the line "
                "through them %(value)s give %(score)s %%.",
                **words,
            ),
            explain.CAPPED: self.env._(
                "%(value)s reach the most that can be had: %(high_score)s %%.", **words
            ),
            explain.INSIDE: self.env._("%(value)s lies within the range: 100 %%.", **words),
            explain.OUTSIDE: self.env._(
                "%(value)s lies %(low)s outside the range, and %(high)s outside would be 0 %%: "
                "%(score)s %%.",
                **words,
            ),
        }
        return told[place.kind]

    def _number(self, value):
        """Return a number as people write it, without needless zeros."""
        if value is None:
            return self.env._("no value")
        digits = 0 if float(value).is_integer() else 2
        return formatLang(self.env, value, digits=digits)
