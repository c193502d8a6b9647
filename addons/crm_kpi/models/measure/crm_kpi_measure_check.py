import re

from odoo import api, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...logic import formula
from .crm_kpi_measure import DISTINCT, DURATION, FIRST, LAST, SHARE, VALUED
from .crm_kpi_measure_reach import CONDITION, PART

CODE = re.compile(r"[a-z][a-z0-9_]{1,39}")
#: What decides what is counted: a change makes it count anew.
MEANING = {
    "model_id",
    "domain",
    "has_archived",
    "aggregate",
    "value_field",
    "part_domain",
    "date_field",
    "start_field",
    "late_field",
    "is_working_time",
    "actor_path",
    "company_id",
}
#: What only the job writes.
FOUND = {"state", "problem", "date_counted", "model_name", "has_minimum"}
NUMBERS = ("integer", "float", "monetary")
DATES = ("date", "datetime")
#: What tells documents apart: links, also those to documents of any model.
LINKS = ("many2one", "many2one_reference", "integer")


class CrmKpiMeasure(models.Model):
    """What is wrong with a measure: told when it is saved, and by name when it breaks later."""

    _inherit = "crm.kpi.measure"

    @api.constrains("code")
    def _check_code(self):
        self._check_words(self.mapped("code"))

    @api.model
    def _check_words(self, codes):
        """Refuse codes that formulas could not read."""
        for code in codes:
            if not CODE.fullmatch(code) or code in formula.FUNCTIONS:
                raise ValidationError(
                    self.env._(
                        "%(code)s is no code: take 2 to 40 small letters, digits and underscores, "
                        "a letter first, and no word of formulas.",
                        code=code,
                    )
                )

    @api.constrains(*MEANING)
    def _check_meaning(self):
        """Refuse what cannot be counted, and what the user may not see.

        The job counts with all rights: nobody must learn by a figure what he may not read.
        """
        # core checks in sudo
        for measure in self.sudo(False):
            if problem := measure._find_problem():
                raise ValidationError(problem)

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_found(vals)
        # nor is it told by the context
        waiting = {"state": "waiting", "problem": False, "date_counted": False}
        return super().create([{**vals, **waiting} for vals in vals_list])

    def write(self, vals):
        self._check_found(vals)
        if MEANING & vals.keys():
            vals = {**vals, "state": "waiting", "problem": False}
        return super().write(vals)

    def _check_found(self, vals):
        if FOUND & vals.keys():
            raise UserError(self.env._("What has been counted is noted by the job only."))

    def _set_found(self, **values):
        # pylint: disable=super-method-mismatch; going round our own refusal is the point
        return super().write(values)

    def _find_problem(self, is_tried=True):
        """Return in words why the measure cannot be counted by this user, or nothing.

        :param is_tried: ask the database, too, whether it understands the conditions
        """
        self.ensure_one()
        if not self.model_id or self.model_name not in self.env:
            return self.env._(
                "%(measure)s: the document %(model)s is not there. Choose another one, or install "
                "its app.",
                measure=self.name,
                model=self.model_name or "?",
            )
        model = self._get_documents()
        if model._abstract or model._transient or not model._auto or not model._log_access:
            return self.env._(
                "%(measure)s: %(model)s is no document that is kept. Choose another one.",
                measure=self.name,
                model=model._description,
            )
        return (
            self._find_problem_of_document(model)
            or self._find_problem_of_fields()
            or self._find_problem_of_reach()
            or self._find_problem_of_domains(is_tried)
        )

    def _find_problem_of_fields(self):
        problem = self._find_problem_of_path(self.date_field, self.env._("Day"), DATES)
        if not problem and self.actor_path:
            problem = self._find_problem_of_path(
                self.actor_path, self.env._("Whose It Is"), ("many2one",), "res.users"
            )
        if not problem and self.aggregate in VALUED:
            is_told_apart = self.aggregate in (DISTINCT, FIRST, LAST)
            types = LINKS if is_told_apart else NUMBERS
            problem = self._find_problem_of_path(self.value_field, self.env._("Value"), types)
        if not problem and self.late_field:
            problem = self._find_problem_of_path(self.late_field, self.env._("Only If Late"), DATES)
        if not problem and self.aggregate == DURATION:
            problem = self._find_problem_of_path(self.start_field, self.env._("Time Begins"), DATES)
        return problem

    def _find_problem_of_path(self, path, label, types, comodel=None):
        """Return what is wrong with fields with dots between, or nothing."""
        model = self._get_documents()
        words = {"measure": self.name, "label": label, "path": path or ""}
        if not path:
            return self.env._("%(measure)s: choose a field for %(label)s.", **words)
        names = path.split(".")
        for place, name in enumerate(names, 1):
            field = model._fields.get(name)
            words |= {"name": name, "model": model._description}
            if not field:
                return self.env._(
                    "%(measure)s, %(label)s: %(model)s has no field %(name)s (any more).", **words
                )
            if not model._has_field_access(field, "read"):
                return self.env._("%(measure)s, %(label)s: you may not read %(name)s.", **words)
            if not (field.store and field.column_type) and not field.related:
                return self.env._(
                    "%(measure)s, %(label)s: %(name)s is not stored, and cannot be counted.",
                    **words,
                )
            if place < len(names):
                if field.type != "many2one":
                    return self.env._(
                        "%(measure)s, %(label)s: %(name)s does not lead to another document.",
                        **words,
                    )
                model = self.env[field.comodel_name]
        if field.type not in types or (comodel and field.comodel_name != comodel):
            return self.env._(
                "%(measure)s, %(label)s: %(path)s is of the wrong kind (%(kind)s).",
                kind=field.type,
                **words,
            )
        return None

    def _find_problem_of_domains(self, is_tried):
        names = ("domain", "part_domain") if self.aggregate == SHARE else ("domain",)
        for name in names:
            label = self._fields[name]._description_string(self.env)
            try:
                use = PART if name == "part_domain" else CONDITION
                if problem := self._find_problem_of_reach(self._get_condition(name), use):
                    return problem
                documents = self._get_documents()
                query = documents._search(self._get_domain(name), active_test=False, limit=1)
                if is_tried:
                    # a wrong value makes the database refuse: what was done before stays
                    with self.env.cr.savepoint(flush=False):
                        self.env.execute_query(query.select())
            except AccessError:
                return self.env._(
                    "%(measure)s, %(label)s: you may not read a field of the condition.",
                    measure=self.name,
                    label=label,
                )
            except Exception as error:  # a condition may be wrong in any way
                return self.env._(
                    "%(measure)s, %(label)s: the condition cannot be read (%(error)s).",
                    measure=self.name,
                    label=label,
                    error=error,
                )
        return None
