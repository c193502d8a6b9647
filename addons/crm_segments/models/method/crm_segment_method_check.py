import re
from ast import literal_eval
from itertools import chain

from odoo import api, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain
from odoo.tools import OrderedSet

from ...logic import abc, bcg, window, xyz
from .crm_segment_method import ABC, BCG, DOMAIN, MEANING, XYZ

#: The fields by which a condition may ask for classes.
ASKS_FOR_CLASSES = re.compile(r"\bsegment_(?:membership_)?ids\b")
#: More periods than these are a slip of the pen.
MOST_PERIODS = 120


class CrmSegmentMethod(models.Model):
    """What is wrong with a method: told when it is saved, and by name when it breaks later."""

    _inherit = "crm.segment.method"

    @api.constrains(*MEANING)
    def _check_meaning(self):
        """Refuse what cannot be computed, and conditions on what the user may not see.

        The job computes with all rights: nobody must learn by a class what he may not read.
        """
        # core checks in sudo
        for method in self.sudo(False):
            if problem := method._find_problem():
                raise ValidationError(problem)

    def _find_problem(self):
        """Return in words why the method cannot be computed, or nothing."""
        self.ensure_one()
        return (
            self._find_problem_of_periods()
            or self._find_problem_of_thresholds()
            or self._find_problem_of_domain()
        )

    def _find_problem_of_periods(self):
        words = {"method": self.name, "most": MOST_PERIODS}
        if self.kind == DOMAIN:
            return None
        if not 1 <= self.period_count <= MOST_PERIODS:
            return self.env._("%(method)s: take 1 to %(most)s periods.", **words)
        if self.kind == XYZ:
            least = max(self.least_periods, 2)
            seasons = window.MONTHS_A_YEAR // int(self.period_months)
            if self.period_count < least:
                return self.env._(
                    "%(method)s: how evenly somebody buys shows in %(least)s periods at least.",
                    least=least,
                    **words,
                )
            if self.is_seasonal and self.period_count < 2 * seasons:
                return self.env._(
                    "%(method)s: seasons show in two years at least. Take %(least)s periods or "
                    "more.",
                    least=2 * seasons,
                    **words,
                )
        return None

    def _find_problem_of_thresholds(self):
        if not self._get_thresholds():
            return None
        if self._get_thresholds().is_sound:
            return None
        words = {"method": self.name}
        if self.kind == ABC:
            return self.env._(
                "%(method)s: the shares must ascend, as 80 for A and 95 for B, up to 100.", **words
            )
        if self.kind == XYZ:
            return self.env._(
                "%(method)s: the variations must ascend, as 25 for X and 50 for Y, and two periods "
                "are the least to judge by.",
                **words,
            )
        return self.env._(
            "%(method)s: a high share is more than 0 and less than 100 %%, a high growth more than "
            "-100 %%.",
            **words,
        )

    def _get_thresholds(self):
        """Return the borders between classes; nothing for kinds without."""
        self.ensure_one()
        if self.kind == ABC:
            return abc.Thresholds(self.a_percent, self.b_percent)
        if self.kind == XYZ:
            return xyz.Thresholds(self.x_percent, self.y_percent, self.least_periods)
        if self.kind == BCG:
            return bcg.Thresholds(self.share_percent, self.growth_percent)
        return None

    def _find_problem_of_domain(self):
        try:
            if problem := self._find_problem_of_reach(self._get_condition()):
                return problem
            domain = self._get_domain()
            query = self.env["res.partner"]._search(domain, limit=1)
            # a wrong value makes the database refuse: what was done before stays
            with self.env.cr.savepoint(flush=False):
                self.env.execute_query(query.select())
        except AccessError:
            return self.env._(
                "%(method)s: you may not read a field of the condition.", method=self.name
            )
        except Exception as error:  # a condition may be wrong in any way
            return self.env._(
                "%(method)s: the condition on customers cannot be read (%(error)s).",
                method=self.name,
                error=error,
            )
        return self._find_problem_of_circle(domain)

    def _find_problem_of_circle(self, domain):
        """A class may depend on others by their ids, if these do not depend on classes in turn."""
        asked = len(ASKS_FOR_CLASSES.findall(self.domain or ""))
        if not asked:
            return None
        if self.kind != DOMAIN:
            return self.env._(
                "%(method)s: only methods of the kind “Condition” can ask for classes of others.",
                method=self.name,
            )
        wanted = [ids for ids in map(self._read_asked, domain.iter_conditions()) if ids]
        # sudo: what a class of another company's method is, matters here, too
        segments = self.env["crm.segment"].sudo().browse(chain.from_iterable(wanted)).exists()
        if len(wanted) < asked or DOMAIN in segments.mapped("method_id.kind"):
            return self.env._(
                "%(method)s: name the classes that a condition asks for, and none that is a "
                "condition itself.",
                method=self.name,
            )
        return None

    def _read_asked(self, condition):
        """Return the ids of the classes a condition asks for; none if it says it another way."""
        if condition.field_expr != "segment_ids":
            return []
        value = condition.value
        values = list(value) if isinstance(value, (list, tuple, set, OrderedSet)) else [value]
        return values if all(type(one) is int for one in values) else []

    def _get_domain(self):
        """Return the customers the method is about: whole customers, not their people."""
        self.ensure_one()
        companies = Domain("company_id", "in", [False, *self._get_companies().ids])
        return self._get_condition() & companies

    def _get_condition(self):
        """Return the condition on customers as it is written."""
        # a literal, never code
        return Domain(literal_eval(self.domain or "[]"))
