from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.crm_deadline.reach import is_read_whole, walk, walk_path

from .crm_kpi_measure import DURATION, VALUED

#: Where in a measure a field stands: what is counted, which part of it, or day, person and value.
CONDITION, PART, PATH = "condition", "part", "path"
STAMPS = {"id", "create_date", "create_uid", "write_date", "write_uid"}
#: Who sees these is decided by code, document by document: what is said in them is not counted by.
OPEN_FIELDS = {
    "mail.message": STAMPS
    | {"model", "date", "author_id", "message_type", "subtype_id", "is_internal"},
    "mail.activity": STAMPS
    | {"active", "res_model", "res_model_id", "activity_type_id", "activity_category"}
    | {"date_deadline", "date_done", "user_id", "automated"},
}
#: Told apart they tell how many; as a condition they would point at one document.
TOLD_APART = {"mail.message": {"res_id"}, "mail.activity": {"res_id"}}


class CrmKpiMeasure(models.Model):
    """What a measure may reach for, and of how few documents its figure is told.

    The job counts with all rights, and its figures are read by the employee, by whoever leads him
    and by managers of KPI. So a measure is of documents whose definer may read all, and of fields
    that are open to everybody who is measured (see decision 67). Whoever keeps a secret says so
    by the hooks here; they hold for the job, too.
    """

    _inherit = "crm.kpi.measure"

    has_minimum = fields.Boolean(
        "Few Are Not Told",
        compute="_compute_has_minimum",
        store=True,
        help="Its figure is told from a number of documents on, and its facts are read by nobody "
        "one by one.",
    )

    @api.depends("model_name", "aggregate")
    def _compute_has_minimum(self):
        for measure in self:
            measure.has_minimum = measure._needs_minimum()

    def _needs_minimum(self):
        """Hook: say whether a figure of few documents would tell what somebody said."""
        return False

    def _get_minimum(self):
        """Hook: return from how many documents on a measure that needs it has a value."""
        return 0

    def _get_counted_domain(self):
        """Hook: return which documents may be counted at all, whatever the condition says."""
        return Domain.TRUE

    def _get_reach(self, condition, use):
        """Yield what a condition, or the paths of the measure, reach for: use, model, field."""
        documents = self._get_documents()
        if condition is not None:
            for model, field in walk(documents, condition):
                yield use, model, field
            return
        names = [self.date_field, self.actor_path, self.late_field]
        names += [self.value_field] if self.aggregate in VALUED else []
        names += [self.start_field] if self.aggregate == DURATION else []
        for path in names:
            for model, field in walk_path(documents, path or ""):
                yield use, model, field

    def _find_problem_of_reach(self, condition=None, use=PATH):
        """Return in words what the measure must not reach for, or nothing."""
        seen = set()
        for use_of, model, field in self._get_reach(condition, use):
            if model._name not in seen:
                seen.add(model._name)
                if problem := self._find_problem_of_document(model):
                    return problem
            if problem := self._find_problem_of_field(model, field, use_of):
                return problem
        return None

    def _find_problem_of_document(self, model):
        """Hook: return in words why documents of a model are not read by this measure, or nothing.

        :param model: that of the measure, or one it leads to
        """
        words = {"measure": self.name, "model": model._description}
        if not model.has_access("read"):
            return self.env._(
                "%(measure)s: you may not read %(model)s. Let somebody define it who may.", **words
            )
        if not self._is_read_whole(model):
            return self.env._(
                "%(measure)s: you may read only a part of %(model)s, and a measure counts all of "
                "it. Let somebody define it who may read all.",
                **words,
            )
        return None

    @api.model
    def _is_read_whole(self, model):
        """Hook: say whether a role of the user opens all documents of a model to him.

        Rules that hold for everybody, as those of companies, hold for figures by the company of
        a fact; what else they keep secret is a matter of ``_get_counted_domain``.
        """
        return is_read_whole(model)

    def _find_problem_of_field(self, model, field, use):
        """Hook: return in words why a field is not read in this place, or nothing.

        :param use: ``CONDITION``, ``PART`` or ``PATH``
        """
        allowed = OPEN_FIELDS.get(model._name)
        if allowed and use == PATH:
            allowed = allowed | TOLD_APART[model._name]
        if self._is_for_everybody(field) and (not allowed or field.name in allowed):
            return None
        return self.env._(
            "%(measure)s: %(name)s of %(model)s is not for everybody who would see the figure. "
            "Choose another field.",
            measure=self.name,
            name=field.name,
            model=model._description,
        )

    @api.model
    def _is_for_everybody(self, field):
        """Say whether all who are measured may read a field: each of them sees own figures."""
        if not field.groups:
            return True
        # sudo: of which groups an employee is, not who is in them
        everybody = self.env.ref("crm_kpi.group_user").sudo().all_implied_ids.ids
        ids = self.env["ir.model.data"].sudo()  # sudo: as above
        names = [name.strip() for name in field.groups.split(",") if "." in name.strip(". !")]
        return any(
            ids._xmlid_to_res_id(name, raise_if_not_found=False) in everybody for name in names
        )
