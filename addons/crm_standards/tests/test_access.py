from odoo.exceptions import AccessError
from odoo.tests import new_test_user

from .access_common import AccessTable
from .common import StandardsCase

MODELS = (
    "crm.standard",
    "crm.standard.role",
    "crm.standard.rule",
    "crm.standard.violation",
    "crm.standard.transition",
)
NONE, READ, DECIDE = frozenset(), frozenset({"read"}), frozenset({"read", "write"})
ALL = DECIDE | {"create", "unlink"}

#: role -> model -> deeds allowed
TABLE = {
    "employee": dict.fromkeys(MODELS, NONE),
    "salesman": dict.fromkeys(MODELS, READ),
    "controller": {
        "crm.standard": ALL,
        "crm.standard.role": ALL,
        "crm.standard.rule": ALL,
        "crm.standard.violation": DECIDE,
        "crm.standard.transition": READ,
    },
    "portal": dict.fromkeys(MODELS, NONE),
    "public": dict.fromkeys(MODELS, NONE),
}


class TestAccess(AccessTable, StandardsCase):
    """Who may read and do what; no more through counts and groups than through records."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_roles()
        cls.law = cls.standard(
            cls.rule_vals("enter", cls.stage_qualified, ["partner_id"], strength="record")
        )

    def test_table_of_roles_and_deeds(self):
        self.assertTable(TABLE)

    def broken(self, **values):
        lead = self.lead(**values)
        lead.stage_id = self.stage_qualified
        return self.violations(lead)

    def test_violation_is_seen_by_the_responsible_his_leader_and_controllers(self):
        violation = self.broken()

        self.assertSeenBy(violation, self.salesman + self.leader + self.controller)

    def test_log_is_seen_by_whoever_sees_the_lead(self):
        lead = self.lead()
        line = self.env["crm.standard.transition"].search([("lead_id", "=", lead.id)])

        for user, is_seen in (
            (self.salesman, True),
            (self.controller, True),
            (self.colleague, False),
        ):
            with self.subTest(user.login):
                self.assertEqual(line.with_user(user).has_access("read"), is_seen)

    def test_count_on_the_lead_tells_only_what_one_may_see(self):
        violation = self.broken()
        lead = violation.lead_id
        lead.sudo().user_id = False  # everybody's lead, but still the salesman's violation

        self.assertEqual(lead.with_user(self.salesman).standard_violation_count, 1)
        self.assertEqual(lead.with_user(self.colleague).standard_violation_count, 0)

    def test_companies_are_kept_apart(self):
        company = self.env["res.company"].create({"name": "Other company"})
        standard = self.standard(
            self.rule_vals("enter", self.stage_proposal, ["partner_id"]),
            company_id=company.id,
            team_ids=[],
        )

        with self.assertRaises(AccessError):
            standard.with_user(self.controller).read(["name"])
        lead = self.lead(company_id=self.env.company.id)
        lead.stage_id = self.stage_proposal
        self.assertEqual(lead.stage_id, self.stage_proposal)

    def test_gate_works_for_whoever_may_write_leads_without_any_right_of_ours(self):
        group = self.env["res.groups"].create({"name": "Helpers"})
        self.env["ir.model.access"].create(
            [
                {
                    "name": model,
                    "model_id": self.env["ir.model"]._get_id(model),
                    "group_id": group.id,
                    "perm_read": True,
                    "perm_write": True,
                    "perm_create": True,
                }
                for model in ("crm.lead", "crm.stage", "crm.team")
            ]
        )
        helper = new_test_user(self.env, "std_helper", "base.group_user")
        helper.group_ids += group
        self.assertFalse(helper.has_group("crm_standards.group_user"))

        values = {"name": "x", "type": "opportunity", "team_id": self.team.id}
        leads = self.env["crm.lead"].with_user(helper)
        lead = leads.create({**values, "stage_id": self.stage_qualified.id})

        self.assertEqual(len(self.violations(lead)), 1)
