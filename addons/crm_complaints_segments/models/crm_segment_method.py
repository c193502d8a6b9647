from odoo import models

#: Customers whose complaints are judged at a time.
BATCH = 5000


class CrmSegmentMethod(models.Model):
    """Who comes into another class is served at another level, his open complaints too."""

    _inherit = "crm.segment.method"

    def _follow_moves(self, partners):
        # pylint: disable=missing-return; a hook that returns nothing
        super()._follow_moves(partners)
        # sudo: what is promised does not depend on who computes
        levels = self.env["crm.complaint.level"].sudo().search([("segment_ids", "!=", False)])
        if self & levels.segment_ids.method_id:
            for start in range(0, len(partners), BATCH):
                partners[start : start + BATCH]._judge_complaint_terms()

    def _find_problem_of_document(self, model):
        """A class would tell whose complaints are confidential, and what they are about."""
        if model._name != "crm.complaint" and not model._name.startswith("crm.complaint."):
            return super()._find_problem_of_document(model)
        return self.env._(
            "%(method)s: classes are not made of %(model)s, since some complaints are "
            "confidential.",
            method=self.name,
            model=model._description,
        )
