from .access_common import AccessTable
from .common import StandardsCase

NONE, READ = frozenset(), frozenset({"read"})
ALL = READ | {"write", "create", "unlink"}
DIALOG = ALL - {"unlink"}
SEALED = ("crm.standard.approval", "crm.standard.override", "crm.standard.decision")

#: role -> model -> deeds allowed
TABLE = {
    "employee": {
        **dict.fromkeys(SEALED, READ),
        "crm.standard.document.kind": READ,
        "crm.standard.decide": DIALOG,
        "crm.standard.route": NONE,
    },
    "salesman": {
        **dict.fromkeys(SEALED, READ),
        "crm.standard.document.kind": READ,
        "crm.standard.decide": DIALOG,
        "crm.standard.route": NONE,
        "mail.activity.plan": READ,
    },
    "controller": {
        **dict.fromkeys(SEALED, READ),
        "crm.standard.document.kind": ALL,
        "crm.standard.decide": DIALOG,
        "crm.standard.route": ALL,
        "mail.activity.plan": ALL,
        "mail.activity.plan.template": ALL,
    },
    "portal": dict.fromkeys((*SEALED, "crm.standard.document.kind", "crm.standard.decide"), NONE),
    "public": dict.fromkeys((*SEALED, "crm.standard.document.kind", "crm.standard.decide"), NONE),
}


class TestRequestAccess(AccessTable, StandardsCase):
    """Who sees requests and their decisions."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_roles()
        cls.law = cls.standard(
            cls.rule_vals("enter", cls.stage_qualified, ["partner_id"]),
            user_id=cls.users["employee"].id,
        )
        lead = cls.lead()
        state = lead.action_ask_standard_override(cls.law.rule_ids.id, "Please")
        cls.override = cls.env["crm.standard.override"].browse(state["id"])

    def test_table_of_roles_and_deeds(self):
        self.assertTable(TABLE)

    def test_request_is_seen_by_asker_asked_leader_and_controllers(self):
        for user, is_seen in (
            (self.salesman, True),
            (self.users["employee"], True),
            (self.leader, True),
            (self.controller, True),
            (self.colleague, False),
        ):
            with self.subTest(user.login):
                register = self.env["crm.standard.override"].with_user(user)
                self.assertEqual(register.search_count([]), int(is_seen))
                decisions = self.env["crm.standard.decision"].with_user(user)
                self.assertEqual(decisions.search_count([]), int(is_seen))

    def test_t15_requests_of_another_company_are_out_of_reach(self):
        company = self.env["res.company"].create({"name": "Other company"})
        self.override.sudo()._sealed_write({"company_id": company.id})

        self.assertFalse(self.override.with_user(self.controller).has_access("read"))
