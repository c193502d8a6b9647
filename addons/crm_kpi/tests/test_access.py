from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tools import SQL, mute_logger

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

    def test_t14_public_methods_refuse_whom_they_are_not_for(self):
        measure = self.measure()
        target = self.target(
            self.indicator("judged", measure_id=measure.id), self.employee, target=1
        )
        calls = [
            (self.employee, measure, "action_count"),
            (self.leader, measure, "action_count"),
            (self.employee, target, "action_agree"),
            (self.employee, target, "action_new_version"),
            (self.leader, target, "action_acknowledge"),
        ]

        for user, record, method in calls:
            with self.subTest(user=user.name, method=method), self.assertRaises(AccessError):
                getattr(record.with_user(user), method)()

    @mute_logger("odoo.sql_db")
    def test_a_salesman_writes_no_score_of_anybody_by_any_method(self):
        """Core's goals let a salesman overwrite what a colleague has reached."""
        measure = self.measure()
        self.lead(self.colleague)
        self.refresh(measure)
        indicator = self.indicator("judged", measure_id=measure.id)
        self.target(indicator, self.colleague, target=1)
        kinds = ["crm.kpi.fact", "crm.kpi.owner.log", "crm.kpi.trace", "crm.kpi.dirty"]
        kinds += ["crm.kpi.source", "crm.kpi.target", "crm.kpi.measure", "crm.kpi.indicator"]
        for name in kinds:
            records = self.env[name].search([])
            field = next(iter(set(records._fields) - {"id", "display_name"}))
            for role in ("employee", "colleague", "leader"):
                mine = records.with_user(getattr(self, role))
                deeds = {
                    "create": lambda m=mine: m.create([{}]),
                    "write": lambda m=mine, f=field: m.write({f: False}),
                    "unlink": lambda m=mine: m.unlink(),
                    "copy": lambda m=mine: m[:1].copy(),
                    "load": lambda m=mine: m.load([".id"], [["1"]]),
                    "web_save": lambda m=mine: m[:1].web_save({}, {}) or m[:1].write({}),
                }
                for deed, call in deeds.items():
                    with self.subTest(model=name, role=role, deed=deed):
                        self._try(call)
        self.assertEqual(self.values(measure), {self.colleague.id: 1})

    def _try(self, call):
        """Let a deed fail, or do nothing at all."""
        before = self._picture()
        try:
            with self.env.cr.savepoint():
                call()
        except (AccessError, UserError, IntegrityError, ValueError) as error:
            self.assertTrue(str(error))
        self.assertEqual(self._picture(), before)

    def _picture(self):
        """Return all that judges people, as it is in the database."""
        self.env.flush_all()
        self.env.invalidate_all()
        return [
            self.env.execute_query(SQL("SELECT * FROM %s ORDER BY id", SQL.identifier(table)))
            for table in ("crm_kpi_fact", "crm_kpi_owner_log", "crm_kpi_target", "crm_kpi_measure")
        ]
