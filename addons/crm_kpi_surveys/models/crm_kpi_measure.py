from odoo import models

from odoo.addons.crm_kpi.models.measure.crm_kpi_measure import COUNT, DISTINCT, FIRST, LAST
from odoo.addons.crm_kpi.models.measure.crm_kpi_measure_reach import CONDITION

FACT = "crm.survey.fact"
#: What surveys keep, by the beginning of the name.
KEPT = ("crm.survey.", "survey.user_input")
#: What says how somebody was asked, and nothing of what he said.
OPEN = ("crm.survey.trigger",)
#: How many answers there are, and of whom: no figure of what they say.
HARMLESS = {COUNT, DISTINCT, FIRST, LAST}


class CrmKpiMeasure(models.Model):
    """What customers say counts by the results of surveys alone, and never by single answers.

    Anonymous and excluded answers are in no figure, whatever a condition says; the figure of few
    is not told, as in the results themselves.
    """

    _inherit = "crm.kpi.measure"

    def _get_counted_domain(self):
        domain = super()._get_counted_domain()
        if self.model_name == FACT:
            domain &= self.env[FACT]._get_counted_domain()
        return domain

    def _needs_minimum(self):
        is_judging = self.model_name == FACT and self.aggregate not in HARMLESS
        return is_judging or super()._needs_minimum()

    def _get_minimum(self):
        minimum = super()._get_minimum()
        if not self._needs_minimum():
            return minimum
        # sudo, twice: the strictest setting of all, so that a figure is the same whoever asks
        companies = self.company_id.sudo() or self.env["res.company"].sudo().search(
            [("survey_minimum_count", ">", 0)]
        )
        return max(minimum, *companies.mapped("survey_minimum_count"))

    def _find_problem_of_document(self, model):
        name = model._name
        is_base = name == self.model_name
        if not name.startswith(KEPT) or name in OPEN or (is_base and name == FACT):
            return super()._find_problem_of_document(model)
        return self.env._(
            "%(measure)s: %(model)s tells what single customers said. Measure results of surveys "
            "instead: they leave out anonymous and excluded answers, and figures of few.",
            measure=self.name,
            model=model._description,
        )

    def _find_problem_of_field(self, model, field, use):
        is_answer = model._name == FACT and field.name in model._get_judging_fields()
        if is_answer and (use == CONDITION or self.aggregate in HARMLESS):
            return self.env._(
                "%(measure)s: %(name)s is what a customer answered. Take its average, or the share "
                "of answers that meet a part of the condition; nobody counts single answers by it.",
                measure=self.name,
                name=field._description_string(self.env),
            )
        return super()._find_problem_of_field(model, field, use)
