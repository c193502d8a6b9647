from odoo import api, models
from odoo.fields import Domain

COMPLAINT = "crm.complaint"
#: Who is let in, and whom a complaint is about: nothing to count by.
SECRET = {"about_user_id", "about_user_ids", "hidden_user_ids", "confidant_ids"}
#: By these something is said about a document elsewhere.
TALK = {"message_ids", "activity_ids", "deadline_clock_ids"}


class CrmKpiMeasure(models.Model):
    """Confidential complaints are in no figure, nor is anything that belongs to one.

    A figure more than one sees tells that there is something: so it holds for the tasks, costs and
    links of a complaint, for the activities and messages about it, and for whatever names it.
    """

    _inherit = "crm.kpi.measure"

    def _get_counted_domain(self):
        return super()._get_counted_domain() & self._get_open_complaints(self._get_documents())

    @api.model
    def _get_open_complaints(self, documents):
        """Return which documents belong to no confidential complaint."""
        found = self._get_open_links(documents)
        for field in documents._fields.values():
            if field.store and field.type == "many2one_reference" and field.model_field:
                found &= self._get_open_references(field)
        return found

    @api.model
    def _get_open_links(self, documents):
        """Return which documents link to no confidential complaint; which complaints are none."""
        if documents._name == COMPLAINT:
            return Domain("is_confidential", "!=", True)
        secret = Domain("is_confidential", "=", True)
        return Domain.AND(
            ~Domain(name, "any!", secret)
            for name, field in documents._fields.items()
            if field.store
            and field.comodel_name == COMPLAINT
            and field.type in ("many2one", "many2many")
        )

    @api.model
    def _get_open_references(self, reference):
        """Return which documents are about no confidential complaint, nor about a part of one."""
        found = Domain.TRUE
        for about in self._get_talked_about():
            is_open = self._get_open_links(about)
            if is_open.is_true():
                continue
            # sudo: which they are, is nobody's to know; that they are left out, everybody's
            closed = about.sudo()._search(~is_open, active_test=False)
            found &= Domain(reference.model_field, "!=", about._name) | Domain(
                reference.name, "not in", closed
            )
        return found

    @api.model
    def _get_talked_about(self):
        """Return complaints, and the parts of them that have messages, activities or deadlines."""
        return [
            self.env[name]
            for name in sorted(self.env.registry)
            if self._is_of_complaints(name)
            and self.env[name]._auto
            and not (self.env[name]._abstract or self.env[name]._transient)
            and self.env[name]._fields.keys() & TALK
        ]

    @api.model
    def _is_of_complaints(self, name):
        return name == COMPLAINT or name.startswith(f"{COMPLAINT}.")

    def _find_problem_of_document(self, model):
        if not self._is_of_complaints(model._name) or self._is_of_complaints(self.model_name):
            return super()._find_problem_of_document(model)
        return self.env._(
            "%(measure)s: %(model)s cannot be reached from here, since some complaints are "
            "confidential. Measure complaints by themselves.",
            measure=self.name,
            model=model._description,
        )

    def _find_problem_of_field(self, model, field, use):
        if not self._is_of_complaints(model._name) or field.name not in SECRET:
            return super()._find_problem_of_field(model, field, use)
        return self.env._(
            "%(measure)s: %(name)s says whom a complaint is about, or who is let in. Nothing is "
            "counted by it.",
            measure=self.name,
            name=field._description_string(self.env),
        )
