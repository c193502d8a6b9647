from odoo.exceptions import AccessError
from odoo.fields import Command

from .common import ComplaintsCase

READ, WORK = {"read"}, {"read", "write", "create"}
CHANGE = {"read", "write", "create", "unlink"}
DIALOGS = [f"crm.complaint.{name}" for name in ("decision.take", "compensation.end")]
CLERK = {
    "crm.complaint.decision": READ,
    "crm.complaint.decision.point": READ,
    "crm.complaint.compensation": WORK,
    "crm.complaint.compensation.deed": READ,
    "crm.complaint.cost": CHANGE,
    "crm.complaint.limit": READ,
    "crm.complaint.route": READ,
    **dict.fromkeys(DIALOGS, CHANGE),
}
#: Who may do what with the models, before the record rules narrow it further.
TABLE = {
    "customer_user": {},
    "outsider": {},
    "salesman": {},
    "clerk": CLERK,
    "leader": CLERK,
    "all_clerk": CLERK,
    "manager": {**CLERK, "crm.complaint.limit": CHANGE, "crm.complaint.route": CHANGE},
}


class TestDecisionAccess(ComplaintsCase):
    """Threats T1, T14, T15, T21: roles, deeds and outcomes on decisions and money."""

    def test_table_of_roles_and_deeds(self):
        for role, rights in TABLE.items():
            for model in CLERK:
                for deed in CHANGE:
                    with self.subTest(role=role, model=model, deed=deed):
                        allowed = self.env[model].with_user(getattr(self, role)).has_access(deed)
                        self.assertEqual(allowed, deed in rights.get(model, ()))

    def test_t14_public_methods_ask_for_the_right_to_the_complaint(self):
        case = self.complaint()
        compensation = self.env["crm.complaint.compensation"].create(
            {
                "complaint_id": case.id,
                "remedy_id": self.env.ref("crm_complaints.crm_complaint_remedy_refund").id,
                "amount": 10,
            }
        )
        case.stage_id = self.stage_closed
        doors = [
            lambda user: case.with_user(user).action_reopen(),
            lambda user: compensation.with_user(user).action_approve(),
            lambda user: compensation.with_user(user).action_refuse("No"),
            lambda user: compensation.with_user(user).action_withdraw("No"),
            lambda user: compensation.with_user(user).action_carry_out(),
        ]

        for user in (self.colleague, self.salesman, self.outsider, self.customer_user):
            for number, door in enumerate(doors):
                with self.subTest(user=user.login, door=number), self.assertRaises(AccessError):
                    door(user)

    def test_t21_confidential_money_and_decisions_are_seen_by_few(self):
        case = self.complaint(is_confidential=True, about_user_ids=[Command.link(self.leader.id)])
        case.outcome = "upheld"
        self.env["crm.complaint.cost"].create(
            {"complaint_id": case.id, "name": "Talk", "amount": 10}
        )
        self.env["crm.complaint.compensation"].create(
            {
                "complaint_id": case.id,
                "remedy_id": self.env.ref("crm_complaints.crm_complaint_remedy_refund").id,
                "amount": 10,
            }
        )
        of_it = [("complaint_id", "=", case.id)]

        for user, count in [
            (self.clerk, 1),
            (self.manager, 1),
            (self.leader, 0),
            (self.all_clerk, 0),
        ]:
            for name in ("decision", "compensation", "cost"):
                model = self.env[f"crm.complaint.{name}"].with_user(user)
                with self.subTest(user=user.login, model=name):
                    self.assertEqual(model.search_count(of_it), count)
                    self.assertEqual(
                        len(model.formatted_read_group(of_it, ["complaint_id"])), count
                    )

    def test_t15_limits_and_routes_of_other_companies_are_not_seen(self):
        company = self.env["res.company"].create({"name": "Other Company"})
        limit = self.env["crm.complaint.limit"].create(
            {
                "group_id": self.env.ref("crm_complaints.group_user").id,
                "company_id": company.id,
                "amount": 1,
            }
        )
        route = self.env["crm.complaint.route"].create(
            {"name": "Ombudsman", "company_id": company.id}
        )

        for record in (limit, route):
            self.assertFalse(record.with_user(self.manager).has_access("read"))
