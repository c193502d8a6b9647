from odoo.exceptions import AccessError
from odoo.fields import Command

from .common import ComplaintsCase

READ, WORK = {"read"}, {"read", "write", "create"}
CHANGE = {"read", "write", "create", "unlink"}
CATALOGUES = [
    f"crm.complaint.{name}" for name in ("stage", "category", "cause", "channel", "remedy", "tag")
]
#: What every employee chooses from when he registers what he has heard.
EMPLOYEE = {"crm.complaint.category": READ, "crm.complaint.remedy": READ}
CLERK = {
    "crm.complaint": WORK,
    "crm.complaint.move": READ,
    "crm.complaint.consent": READ,
    "crm.complaint.consent.entry": WORK,
    "crm.complaint.form.hit": set(),
    **dict.fromkeys(CATALOGUES, READ),
}

#: Who may do what with the models, before the record rules narrow it further.
TABLE = {
    "customer_user": {},
    "outsider": EMPLOYEE,
    "salesman": EMPLOYEE,
    "clerk": CLERK,
    "leader": CLERK,
    "all_clerk": CLERK,
    "manager": {**CLERK, **dict.fromkeys(CATALOGUES, CHANGE)},
}


class TestAccess(ComplaintsCase):
    """Threats T1, T15, T21: roles, deeds and outcomes."""

    def test_table_of_roles_and_deeds(self):
        for role, rights in TABLE.items():
            for model in TABLE["manager"]:
                for deed in CHANGE:
                    with self.subTest(role=role, model=model, deed=deed):
                        allowed = self.env[model].with_user(self[role]).has_access(deed)
                        self.assertEqual(allowed, deed in rights.get(model, ()))

    def __getitem__(self, role):
        return getattr(self, role)

    def test_t1_who_sees_which_complaint(self):
        cases = {
            "of the clerk": self.complaint(),
            "of the team, taken by nobody": self.complaint(user_id=False),
            "of a colleague in the team": self.complaint(user_id=self.leader.id),
            "of another team": self.complaint(
                team_id=self.other_team.id, user_id=self.colleague.id
            ),
            "of nobody": self.complaint(team_id=False, user_id=False),
        }
        seen = {
            "clerk": [True, True, True, False, True],
            "leader": [True, True, True, False, True],
            "colleague": [False, False, False, True, True],
            "all_clerk": [True] * 5,
            "manager": [True] * 5,
            "salesman": [False] * 5,
            "outsider": [False] * 5,
            "customer_user": [False] * 5,
        }
        for role, answers in seen.items():
            for (case, complaint), sees in zip(cases.items(), answers, strict=True):
                for deed in ("read", "write"):
                    with self.subTest(role=role, case=case, deed=deed):
                        allowed = complaint.with_user(self[role]).has_access(deed)
                        self.assertEqual(allowed, sees)

    def test_t15_other_companies_do_not_see_it(self):
        other = self.env["res.company"].create({"name": "Other Company"})
        self.manager.write({"company_ids": [Command.link(other.id)]})
        complaint = self.complaint(
            company_id=other.id, team_id=False, user_id=False, partner_id=False
        )

        here = complaint.with_user(self.manager).with_context(
            allowed_company_ids=self.env.company.ids
        )
        there = here.with_context(allowed_company_ids=other.ids)

        self.assertFalse(here.has_access("read"))
        self.assertTrue(there.has_access("read"))

    def test_a_clerk_of_no_team_finds_nothing_by_an_archived_membership(self):
        complaint = self.complaint(user_id=False)
        self.team.crm_team_member_ids.active = False

        self.assertFalse(complaint.with_user(self.clerk).has_access("read"))

    def test_counters_count_what_the_viewer_may_see(self):
        lead = self.env["crm.lead"].create({"name": "Deal", "partner_id": self.customer.id})
        self.complaint(lead_id=lead.id)
        self.complaint(lead_id=lead.id, team_id=self.other_team.id, user_id=False)
        # who may see the deal, and of complaints their own only
        sales = self.env.ref("sales_team.group_sale_salesman_all_leads")
        (self.clerk | self.colleague | self.manager).write({"group_ids": [Command.link(sales.id)]})

        for role, count in [("clerk", 1), ("colleague", 1), ("manager", 2)]:
            for record in (lead, self.customer, self.company_partner):
                with self.subTest(role=role, record=record):
                    record = record.with_user(self[role])
                    domain = record.action_complaints()["domain"]
                    found = self.env["crm.complaint"].with_user(self[role]).search_count(domain)
                    self.assertEqual((record.complaint_count, found), (count, count))

    def test_counters_are_not_there_for_others(self):
        with self.assertRaises(AccessError):
            self.customer.with_user(self.salesman).read(["complaint_count"])
