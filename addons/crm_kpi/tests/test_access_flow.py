from .common import KpiCase

READ, CHANGE = {"read"}, {"read", "write", "create", "unlink"}
DEFINED = ["crm.kpi.watch", "crm.kpi.funnel", "crm.kpi.funnel.step"]
EMPLOYEE = {
    **dict.fromkeys([*DEFINED, "crm.kpi.forecast"], READ),
    "crm.kpi.incident": {"read", "write"},  # the cause, by its owner
}

#: Who may do what with the models, before the record rules narrow it further.
TABLE = {
    "customer_user": {},
    "outsider": {},
    "employee": EMPLOYEE,
    "leader": {**EMPLOYEE, "crm.kpi.cost": READ},
    "manager": {
        **EMPLOYEE,
        **dict.fromkeys([*DEFINED, "crm.kpi.cost"], CHANGE),
        "crm.kpi.presence": READ,
        "crm.kpi.romi": READ,
    },
}


class TestAccessFlow(KpiCase):
    """Threats T1, T21: roles, deeds and outcomes of forecasts, incidents and marketing."""

    def test_table_of_roles_and_deeds(self):
        for role, rights in TABLE.items():
            for model in TABLE["manager"]:
                for deed in CHANGE:
                    with self.subTest(role=role, model=model, deed=deed):
                        allowed = self.env[model].with_user(getattr(self, role)).has_access(deed)
                        self.assertEqual(allowed, deed in rights.get(model, ()))

    def test_t15_other_companies_do_not_see_costs(self):
        other = self.env["res.company"].create({"name": "Other Spending Company"})
        source = self.env["utm.source"].create({"name": "Source of another company"})
        cost = self.env["crm.kpi.cost"].create(
            {"name": "Stand", "source_id": source.id, "amount": 1, "company_id": other.id}
        )

        self.assertFalse(cost.with_user(self.manager).has_access("read"))
