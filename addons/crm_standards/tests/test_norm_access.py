from odoo.exceptions import AccessError

from .access_common import AccessTable
from .test_contact import ContactCase

NONE, READ = frozenset(), frozenset({"read"})
ALL = READ | {"write", "create", "unlink"}
RULES = ("crm.standard.contact.norm", "crm.standard.contact.limit", "crm.standard.loss")
FACTS = (
    "crm.standard.contact",
    "crm.standard.contact.overdue",
    "crm.standard.norm.breach",
    "crm.standard.activity.shift",
)
MODELS = (*RULES, *FACTS, "crm.standard.competitor")

#: role -> model -> deeds allowed
TABLE = {
    "employee": dict.fromkeys(MODELS, NONE),
    "salesman": dict.fromkeys(MODELS, READ),
    "controller": {
        **dict.fromkeys(RULES, ALL),
        **dict.fromkeys(FACTS, READ),
        "crm.standard.competitor": ALL,
    },
    "portal": dict.fromkeys(MODELS, NONE),
    "public": dict.fromkeys(MODELS, NONE),
}


class TestNormAccess(AccessTable, ContactCase):
    """Who may read and do what with contacts, their norms and losses."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_roles()

    def test_table_of_roles_and_deeds(self):
        self.assertTable(TABLE)

    def breach(self, **values):
        lead = self.lead(partner_id=self.person.id)
        return self.env["crm.standard.norm.breach"]._enter(
            [{"kind": "silence", "name": "x", "lead_id": lead.id, **values}]
        )

    def test_t1_breach_is_seen_by_the_responsible_his_leader_and_controllers(self):
        breach = self.breach()

        self.assertSeenBy(breach, self.salesman + self.leader + self.controller)

    def test_t15_breach_of_another_company_is_out_of_reach(self):
        other = self.env["res.company"].create({"name": "Other company"})
        breach = self.breach(company_id=other.id)

        self.assertFalse(breach.with_user(self.controller).has_access("read"))

    def test_t19_nobody_edits_a_breach(self):
        breach = self.breach()

        for user in (self.salesman, self.controller):
            with self.assertRaises(AccessError):
                breach.with_user(user).sudo().write({"user_id": self.colleague.id})
            with self.assertRaises(AccessError):
                breach.with_user(user).sudo().unlink()

    def test_employees_own_rights_suffice_for_whatever_is_noted_about_them(self):
        helper = self._make_users(("std_helper", "Hugo Helper", "base.group_user"))
        self.assertFalse(helper.has_group("crm_standards.group_user"))
        activity = self.env["mail.activity"].create(
            {
                "res_model_id": self.env["ir.model"]._get_id("res.partner"),
                "res_id": self.customer.id,
                "activity_type_id": self.call_type.id,
                "user_id": helper.id,
                "date_deadline": "2026-06-01",
            }
        )

        activity.with_user(helper).write({"date_deadline": "2026-06-09"})
        activity.with_user(helper).action_feedback("done")
        self.env.cr.flush()

        shift = self.env["crm.standard.activity.shift"].search([("activity_id", "=", activity.id)])
        self.assertEqual(shift.actor_id, helper)
        self.assertEqual(self.contacts().user_id, helper)
