from odoo.fields import Command

from .common import FIRST, LAST, KpiCase

READ, CHANGE = {"read"}, {"read", "write", "create", "unlink"}
DEFINED = [
    "crm.kpi.measure",
    "crm.kpi.indicator",
    "crm.kpi.target",
    "crm.kpi.card",
    "crm.kpi.card.line",
    "crm.kpi.card.rung",
]
EMPLOYEE = dict.fromkeys([*DEFINED, "crm.kpi.fact"], READ)
INNER = ["crm.kpi.owner.log", "crm.kpi.source", "crm.kpi.trace", "crm.kpi.dirty"]

#: Who may do what with the models, before the record rules narrow it further.
TABLE = {
    "customer_user": {},
    "outsider": {},
    "employee": EMPLOYEE,
    "leader": EMPLOYEE,
    "manager": {
        "crm.kpi.fact": READ,
        **dict.fromkeys(DEFINED, CHANGE),
        **dict.fromkeys(INNER, READ),
    },
}


class TestAccess(KpiCase):
    """Threats T1, T15, T21: roles, deeds and outcomes."""

    def test_table_of_roles_and_deeds(self):
        for role, rights in TABLE.items():
            for model in TABLE["manager"]:
                for deed in CHANGE:
                    with self.subTest(role=role, model=model, deed=deed):
                        allowed = self.env[model].with_user(getattr(self, role)).has_access(deed)
                        self.assertEqual(allowed, deed in rights.get(model, ()))

    def test_t1_who_sees_whose_figures(self):
        measure = self.measure()
        for user in (self.employee, self.colleague, None):
            self.lead(user)
        self.refresh(measure)
        own, other = self.employee.id, self.colleague.id
        seen = {
            self.employee: {own: 1},
            self.colleague: {other: 1},
            self.leader: {own: 1},
            self.manager: {own: 1, other: 1, 0: 1},
        }

        for user, values in seen.items():
            with self.subTest(user=user.name):
                self.assertEqual(self.values(measure, user=user), values)

    def test_t15_other_companies_do_not_see_it(self):
        other = self.env["res.company"].create({"name": "Other Measured Company"})
        self.manager.write({"company_ids": [Command.link(other.id)]})
        measure = self.measure(company_id=other.id)
        self.lead(None, company_id=other.id)
        self.refresh(measure)
        facts = self.env["crm.kpi.fact"].with_user(self.manager)
        here = facts.with_context(allowed_company_ids=self.company.ids)
        there = facts.with_context(allowed_company_ids=other.ids)

        self.assertFalse(here.search([("measure_id", "=", measure.id)]))
        self.assertEqual(there._get_values(measure, FIRST, LAST), {measure: {(): 1}})
