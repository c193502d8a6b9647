from freezegun import freeze_time

from .mail_common import MailCase

READ, WORK = {"read"}, {"read", "write", "create"}
CHANGE = {"read", "write", "create", "unlink"}
ASK = {"crm.complaint.phone": WORK}
CLERK = {**ASK, "crm.complaint.mailbox": READ}

#: Who may do what with the models of intake, before the record rules narrow it further.
TABLE = {
    "customer_user": {},
    "outsider": ASK,
    "salesman": ASK,
    "clerk": CLERK,
    "leader": CLERK,
    "all_clerk": CLERK,
    "manager": {
        **ASK,
        "crm.complaint.mailbox": CHANGE,
        "crm.complaint.mail": READ,
        "crm.complaint.quarantine": READ,
        "crm.complaint.quarantine.deed": READ,
        "crm.complaint.decide": WORK,
    },
}


@freeze_time("2026-03-02 08:00:00")
class TestIntakeAccess(MailCase):
    """Threats T1, T14, T15: roles, deeds and outcomes of intake; mailboxes and their answers."""

    def test_table_of_roles_and_deeds(self):
        for role, rights in TABLE.items():
            for model in TABLE["manager"]:
                for deed in CHANGE:
                    with self.subTest(role=role, model=model, deed=deed):
                        user = getattr(self, role)
                        allowed = self.env[model].with_user(user).has_access(deed)
                        self.assertEqual(allowed, deed in rights.get(model, ()))

    def test_t15_mailboxes_of_another_company_are_not_seen(self):
        company = self.env["res.company"].create({"name": "Other"})
        self.mailbox.team_id = False
        self.mailbox.company_id = company

        self.assertFalse(self.mailbox.with_user(self.manager).search([]))

    def test_a_manager_moves_a_mailbox_to_another_team(self):
        mailbox = self.mailbox.with_user(self.manager)

        mailbox.team_id = self.other_team

        self.assertEqual(self.receive(self.mail(1)).team_id, self.other_team)

    def test_answers_come_back_to_the_mailbox_of_the_team(self):
        self.env["crm.complaint.mailbox"].create({"name": "All", "alias_name": "all"})
        own = self.complaint()
        other = self.complaint(team_id=self.other_team.id, user_id=False)

        addresses = (own + other)._notify_get_reply_to()

        self.assertIn("complaints@shop.example.com", addresses[own.id])
        self.assertIn("all@shop.example.com", addresses[other.id])
