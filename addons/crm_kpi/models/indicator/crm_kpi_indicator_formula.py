from odoo import models
from odoo.exceptions import ValidationError

from ...logic import formula as logic
from .crm_kpi_indicator import FORMULA, MEASURE


class CrmKpiIndicator(models.Model):
    """Formulas: read with plain words about what is wrong, and counted over a period."""

    _inherit = "crm.kpi.indicator"

    def _get_known(self):
        """Return all indicators and measures that formulas may read, by code.

        An indicator goes before a measure of the same code: it shows that measure.
        """
        measures = self.env["crm.kpi.measure"].search([("active", "=", True)])
        indicators = self.search([("active", "=", True)]) | self
        known = {measure.code: measure for measure in measures}
        return known | {indicator.code: indicator for indicator in indicators}

    def _find_fault(self, known=None):
        """Return in words what is wrong with the formula itself, or nothing."""
        self.ensure_one()
        try:
            node = logic.parse(self.formula or "")
        except logic.FormulaError as error:
            return self._tell_fault(error)
        missing = logic.codes(node) - (known or self._get_known()).keys()
        if missing:
            return self.env._(
                "%(indicator)s: there is no measure or indicator %(code)s.",
                indicator=self.name,
                code=", ".join(sorted(missing)),
            )
        return None

    def _tell_fault(self, error):
        words = {
            "indicator": self.name,
            "place": error.position + 1,
            "found": error.found,
            "least": logic.FUNCTIONS.get(error.found, (0, 0))[0],
        }
        told = {
            logic.EMPTY: self.env._("%(indicator)s: write a formula.", **words),
            logic.TOO_LONG: self.env._(
                "%(indicator)s: the formula is too long to be read.", **words
            ),
            logic.TOO_DEEP: self.env._(
                "%(indicator)s: too many parentheses at place %(place)s.", **words
            ),
            logic.CHARACTER: self.env._(
                "%(indicator)s: “%(found)s” at place %(place)s means nothing in a formula. Codes "
                "are of small letters, digits and underscores.",
                **words,
            ),
            logic.UNCLOSED: self.env._(
                "%(indicator)s: the parenthesis at place %(place)s is not closed.", **words
            ),
            logic.FUNCTION: self.env._(
                "%(indicator)s: there is no function %(found)s (place %(place)s): only min, max "
                "and percent.",
                **words,
            ),
            logic.ARGUMENTS: self.env._(
                "%(indicator)s: %(found)s at place %(place)s needs at least %(least)s values, "
                "with commas between; percent needs two.",
                **words,
            ),
        }
        if error.kind in told:
            return told[error.kind]
        if not error.found:
            return self.env._("%(indicator)s: the formula ends too early.", **words)
        return self.env._(
            "%(indicator)s: “%(found)s” cannot stand at place %(place)s of the formula.", **words
        )

    def _get_reads(self):
        """Return the codes the formula reads; of one that cannot be read, none."""
        self.ensure_one()
        if self.kind == MEASURE:
            return frozenset()
        try:
            return logic.codes(logic.parse(self.formula or ""))
        except logic.FormulaError:
            return frozenset()

    def _check_cycle(self):
        known = self._get_known()
        graph = {
            code: record._get_reads()
            for code, record in known.items()
            if record._name == self._name
        }
        if cycle := logic.find_cycle(graph):
            raise ValidationError(
                self.env._(
                    "These indicators would be counted from each other: %(codes)s.",
                    codes=" → ".join(cycle),
                )
            )

    def _get_graph(self):
        """Return these indicators and all they read, each after what it reads, and measures."""
        known = self._get_known()
        found, waiting = {}, list(self)
        measures = self.env["crm.kpi.measure"]
        while waiting:
            record = waiting.pop()
            if record._name == measures._name:
                measures |= record
            elif record.code not in found:
                found[record.code] = record
                if record.kind == MEASURE:
                    measures |= record.measure_id
                else:
                    waiting += [known[code] for code in record._get_reads() if code in known]
        order = logic.in_order({code: record._get_reads() for code, record in found.items()})
        return [found[code] for code in order], measures

    def _get_measures(self):
        """Return all measures that these indicators are counted from."""
        return self._get_graph()[1]

    def _get_values(self, first, last, by=(), domain=(), keys=()):
        """Return values by indicator and dimensions, in one statement over facts.

        :param keys: what has to be there even if nothing was counted for it, as ``(user.id,)``
        :return: ``{indicator: {key: value or None}}``, of these keys and those any fact has
        """
        order, measures = self._get_graph()
        facts = self.env["crm.kpi.fact"]._get_values(measures, first, last, by, domain)
        keys = {key for values in facts.values() for key in values} | {*keys, *([] if by else [()])}
        found = {}
        for indicator in order:
            node = logic.parse(indicator.formula) if indicator.kind == FORMULA else None
            found[indicator] = {key: indicator._evaluate(node, found, facts, key) for key in keys}
        return {indicator: found[indicator] for indicator in self}

    def _evaluate(self, node, found, facts, key):
        """Return the value for one key, from what was counted before."""
        if node is None:
            return self._get_fact(facts, self.measure_id, key)
        values = {measure.code: self._get_fact(facts, measure, key) for measure in facts}
        values |= {indicator.code: known[key] for indicator, known in found.items()}
        return logic.evaluate(node, values)

    def _get_fact(self, facts, measure, key):
        """Return the value of a measure: 0 where it counted nothing, none where it could not."""
        if measure not in facts:
            return None
        found = facts[measure]
        return found[key] if key in found else measure._get_value(0, 0, 0, None, None)
