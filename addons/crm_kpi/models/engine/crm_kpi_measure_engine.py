from odoo import models
from odoo.exceptions import AccessError


class CrmKpiMeasure(models.Model):
    """Measures as the engine takes them."""

    _inherit = "crm.kpi.measure"

    def _sort_out(self, is_full):
        """Return the measures that can be counted; note of the others what is wrong.

        One that breaks keeps its facts, and has no value until it is mended: never 0. Whether it
        was mended elsewhere is looked at by complete counts only.
        """
        sound = self.browse()
        for measure in self:
            if problem := measure._find_problem(is_tried=False):
                measure._note_broken(problem)
            elif measure.state != "broken":
                sound |= measure
            elif is_full:
                measure._set_found(state="waiting", problem=False)
                sound |= measure
        return sound

    def _note_broken(self, problem):
        if self.state != "broken" or self.problem != problem:
            self._set_found(state="broken", problem=problem)

    def action_count(self):
        """Count these measures now."""
        if not self.env.user.has_group("crm_kpi.group_manager"):
            raise AccessError(self.env._("Only managers of KPI start counting."))
        self.check_access("write")
        self.env["crm.kpi.engine"]._rebuild(self)
        return True
