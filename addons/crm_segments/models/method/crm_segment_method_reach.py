from odoo import models

from odoo.addons.crm_deadline.reach import is_read_whole, walk

#: Documents of surveys: a class would tell who answered, and what.
ANSWERS = ("crm.survey.", "survey.")


class CrmSegmentMethod(models.Model):
    """Where a condition may lead: classes are seen by many, and computed with all rights."""

    _inherit = "crm.segment.method"

    def _find_problem_of_reach(self, condition):
        """Return in words which documents the condition must not lead to, or nothing."""
        for name in {model._name for model, _field in walk(self.env["res.partner"], condition)}:
            if problem := self._find_problem_of_document(self.env[name]):
                return problem
        return None

    def _find_problem_of_document(self, model):
        """Hook: return in words why a condition does not lead to a model, or nothing."""
        words = {"method": self.name, "model": model._description}
        if model._name.startswith(ANSWERS):
            return self.env._(
                "%(method)s: classes are not made of %(model)s, since answers may be anonymous. "
                "Take another condition.",
                **words,
            )
        if not model.has_access("read"):
            return self.env._(
                "%(method)s: you may not read %(model)s. Let somebody write the condition who may.",
                **words,
            )
        # who sees a message or an activity is decided by code, document by document
        is_said = model._name in ("mail.message", "mail.activity") and not self.env.su
        if is_said or not is_read_whole(model):
            return self.env._(
                "%(method)s: you may read only a part of %(model)s, and a class is made of all of "
                "it. Let somebody write the condition who may read all.",
                **words,
            )
        return None
