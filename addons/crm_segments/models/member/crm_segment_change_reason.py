import math

from odoo import api, fields, models
from odoo.tools.misc import formatLang

from ...logic import reason


class CrmSegmentChange(models.Model):
    """Why, in a sentence of the reader's language, from the figures that were kept."""

    _inherit = "crm.segment.change"

    direction = fields.Selection(
        [
            (reason.ROSE, "Rose"),
            (reason.FELL, "Fell"),
            (reason.MOVED, "Moved"),
            (reason.ENTERED, "Entered"),
            (reason.LEFT, "Left"),
        ],
        compute="_compute_reason",
    )
    reason = fields.Char(compute="_compute_reason")

    @api.depends("from_segment_id", "to_segment_id", "months")
    @api.depends_context("lang")
    def _compute_reason(self):
        for change in self:
            kind = change.method_id.kind
            before, after = (
                reason.Step(segment.code, segment.sequence) if segment else None
                for segment in (change.from_segment_id, change.to_segment_id)
            )
            change.direction = reason.direction(kind, before, after)
            parts = [change._tell_figure(one) for one in change._get_figures()]
            if change.cause == reason.DEFINITION:
                parts.append(self.env._("the method was changed"))
            head = change._tell_direction()
            change.reason = f"{head}: {'; '.join(parts)}" if parts else head

    def _get_figures(self):
        """Return the figures that the kind of method judges by; 0 stands for none, too."""
        self.ensure_one()
        is_first, is_last = not self.from_segment_id, not self.to_segment_id
        values = {
            reason.AMOUNT: (self.amount_before, self.amount_after, self.amount_limit or None),
            reason.VARIATION: (self.variation_before, self.variation_after),
            reason.SHARE: (self.share_before, self.share_after),
            reason.GROWTH: (
                reason.growth(self.amount_before, self.prior_before),
                reason.growth(self.amount_after, self.prior_after),
            ),
            reason.SCORE: (self.score_before or None, self.score_after or None),
        }
        told = {
            name: (None if is_first else before, None if is_last else after, *limit)
            for name, (before, after, *limit) in values.items()
        }
        return reason.figures(self.method_id.kind, told)

    def _tell_direction(self):
        """Return from which class to which, in words."""
        words = {"before": self.from_segment_id.name or "", "after": self.to_segment_id.name or ""}
        match self.direction:
            case reason.ENTERED:
                return self.env._("entered %(after)s", **words)
            case reason.LEFT:
                return self.env._("left %(before)s", **words)
            case reason.ROSE:
                return self.env._("rose from %(before)s to %(after)s", **words)
            case reason.FELL:
                return self.env._("fell from %(before)s to %(after)s", **words)
        return self.env._("moved from %(before)s to %(after)s", **words)

    def _tell_figure(self, figure):
        """Return one figure before and after, and the border, in words."""
        label = {
            reason.AMOUNT: self.env._("sum of %(span)s", span=self._tell_span()),
            reason.SHARE: self.env._("share (%)"),
            reason.VARIATION: self.env._("variation (%)"),
            reason.GROWTH: self.env._("growth (%)"),
            reason.SCORE: self.env._("RFM score"),
        }[figure.measure]
        told = [
            self._tell_value(figure.measure, value)
            for value in (figure.before, figure.after)
            if value is not None
        ]
        sentence = f"{label} {' → '.join(told)}"
        if figure.limit is None:
            return sentence
        limit = self._tell_value(figure.measure, figure.limit)
        return self.env._("%(figure)s, threshold %(limit)s", figure=sentence, limit=limit)

    def _tell_span(self):
        """Return how long the periods were together, in words."""
        return self.env._("%(count)s months", count=self.months)

    def _tell_value(self, measure, value):
        if measure == reason.SCORE:
            return str(value)
        if value == math.inf:
            return self.env._("new")
        digits = self.currency_id.decimal_places if measure == reason.AMOUNT else 1
        if value == round(value):
            digits = 0
        return formatLang(self.env, value, digits=digits)
