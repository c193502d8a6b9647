from .access_common import AccessTable
from .stay_common import StayCase

READ = frozenset({"read"})
NOTHING = frozenset()
EVERYTHING = frozenset({"read", "write", "create", "unlink"})
FACTS = (
    "crm.standard.stay",
    "crm.standard.journey",
    "crm.standard.path",
    "crm.standard.signal",
)
RESULTS = (
    "crm.standard.dry.run",
    "crm.standard.dry.run.line",
    "crm.standard.dry.run.total",
)
WIZARDS = ("crm.standard.dry.run.wizard", "crm.standard.best.path.wizard")

#: role -> model -> deeds allowed
TABLE = {
    "employee": dict.fromkeys(FACTS + RESULTS + WIZARDS, NOTHING),
    "salesman": dict.fromkeys(FACTS, READ) | dict.fromkeys(RESULTS + WIZARDS, NOTHING),
    "controller": dict.fromkeys(FACTS + RESULTS, READ) | dict.fromkeys(WIZARDS, EVERYTHING),
    "portal": dict.fromkeys(FACTS + RESULTS + WIZARDS, NOTHING),
}


class TestAnalysisAccess(AccessTable, StayCase):
    """Analysis shows employees their own work, leaders their team's, controllers all."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_roles()

    def test_table_of_roles_and_deeds(self):
        self.assertTable(TABLE)

    def test_t1_foreign_record_is_neither_read_nor_counted(self):
        lead = self.lead()
        self.draw()

        for user, is_seen in (
            (self.salesman, True),
            (self.leader, True),
            (self.controller, True),
            (self.colleague, False),
        ):
            for record in (self.stays(lead), self.journey(lead)):
                with self.subTest(user=user.login, model=record._name):
                    seen = record.with_user(user)
                    domain = [("id", "=", record.id)]
                    self.assertEqual(seen.has_access("read"), is_seen)
                    self.assertEqual(seen.search_count(domain), int(is_seen))
                    groups = seen._read_group(domain, ["user_id"], ["__count"])
                    self.assertEqual(bool(groups), is_seen)

    def test_t15_companies_are_kept_apart(self):
        other = self.env["res.company"].create({"name": "Other company"})
        lead = self.lead()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_standard_transition SET company_id = %s WHERE lead_id = %s",
            [other.id, lead.id],
        )
        self.draw()

        for record in (self.stays(lead), self.journey(lead)):
            seen = record.with_user(self.controller).with_context(
                allowed_company_ids=self.controller.company_ids.ids
            )
            self.assertFalse(seen.search_count([("id", "=", record.id)]))

    def test_t8_measure_is_no_place_for_sql(self):
        for spec in ("id); DROP TABLE x; --:median", "nothing:median", "lead_name:median"):
            with self.subTest(spec), self.assertRaises(ValueError):
                self.env["crm.standard.stay"]._read_group([], ["stage_id"], [spec])
