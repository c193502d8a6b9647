from odoo.exceptions import AccessError
from odoo.fields import Command, Domain
from odoo.tests import tagged

from .common import MONDAY, ComplaintStandardsCase


@tagged("post_install", "-at_install")
class TestSecret(ComplaintStandardsCase):
    """The register keeps the secrets of complaints."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.law = cls._make_standard(cls.rule_vals())
        group = cls.env.ref("crm_standards.group_user")
        people = cls.leader + cls.colleague + cls.all_clerk + cls.manager
        people.write({"group_ids": [Command.link(group.id)]})
        cls.manager.write(
            {"group_ids": [Command.link(cls.env.ref("crm_standards.group_manager").id)]}
        )

    def violation(self, **values):
        complaint = self.complaint(date_received=MONDAY, name="Theft by the driver", **values)
        clock = self.late(complaint, user=complaint.user_id)
        self.sweep()
        return self.violations(clock)

    def sees(self, user, violation):
        """Whether a user sees it in every way one can look: search, count, groups, read."""
        register = self.env["crm.standard.violation"].with_user(user)
        domain = [("id", "=", violation.id)]
        ways = {
            bool(register.search(domain)),
            bool(register.search_count(domain)),
            bool(register._read_group(domain, ["user_id"], ["__count"])),
            violation.with_user(user).has_access("read"),
        }
        self.assertEqual(len(ways), 1)
        return ways.pop()

    def test_who_sees_the_violation(self):
        """Role x secrecy x outcome."""
        about = [Command.set(self.leader.ids)]
        table = [
            # who, usual, confidential, about the leader of the team
            (self.clerk, True, True, True),  # whose violation it is
            (self.leader, True, False, False),  # leads the team
            (self.controller, True, False, True),  # controls the standards
            (self.manager, True, True, True),  # manages complaints
            (self.colleague, False, False, False),
            (self.all_clerk, False, False, False),
            (self.employee, False, False, False),
        ]
        usual = self.violation()
        confidential = self.violation(is_confidential=True)
        personal = self.violation(about_user_ids=about)
        for user, *expected in table:
            with self.subTest(user=user.login):
                seen = [self.sees(user, v) for v in (usual, confidential, personal)]
                self.assertEqual(seen, expected)

    def test_t15_the_words_of_a_complaint_are_not_in_the_register(self):
        violation = self.violation().with_user(self.controller)
        names = [
            name
            for name, field in violation._fields.items()
            if violation._has_field_access(field, "read")
        ]

        self.assertNotIn("complaint_id", names)
        self.assertNotIn("Theft", str(violation.read(names)))
        with self.assertRaises(AccessError):
            violation.read(["complaint_id"])
        with self.assertRaises(AccessError):
            violation.search([("complaint_id.name", "ilike", "Theft")])

    def test_t21_the_complaint_is_found_by_whoever_may_read_it(self):
        violation = self.violation()
        complaint = violation.sudo().complaint_id
        for user, expected in [(self.clerk, True), (self.manager, True)]:
            with self.subTest(user=user.login):
                mine = violation.with_user(user)
                self.assertEqual(mine.visible_complaint_id, complaint)
                domain = [("visible_complaint_id", "=", complaint.id)]
                self.assertEqual(bool(mine.search(domain)), expected)
                self.assertEqual(complaint.with_user(user).standard_violation_count, 1)

    def test_t21_a_controller_who_is_a_clerk_of_another_team_reads_the_number_only(self):
        self.colleague.write(
            {"group_ids": [Command.link(self.env.ref("crm_standards.group_manager").id)]}
        )
        violation = self.violation()
        mine = violation.with_user(self.colleague)

        self.assertEqual(mine.complaint_number, violation.complaint_number)
        self.assertFalse(mine.visible_complaint_id)
        domain = [("visible_complaint_id.name", "ilike", "Theft")]
        self.assertFalse(mine.search(domain))

    def test_history_of_a_verdict_is_hidden_with_its_violation(self):
        violation = self.violation(is_confidential=True)
        violation.with_user(self.manager).action_confirm()
        history = self.env["crm.standard.history"]
        domain = [("violation_id", "=", violation.id)]

        self.assertTrue(history.with_user(self.manager).search(domain))
        self.assertFalse(history.with_user(self.controller).search(domain))

    def test_history_of_standards_stays_open_to_who_keeps_them(self):
        history = self.standard.history_ids

        self.assertTrue(history)
        self.assertEqual(
            history.with_user(self.controller).search([("id", "in", history.ids)]), history
        )
        self.assertTrue(history.with_user(self.controller).has_access("read"))

    def test_nobody_hidden_from_is_told(self):
        violation = self.violation(is_confidential=True)
        partners = (self.clerk + self.leader + self.controller).partner_id

        violation.message_subscribe(partners.ids)
        message = violation.message_post(body="Why?", partner_ids=partners.ids)

        self.assertLessEqual(violation.message_partner_ids & partners, self.clerk.partner_id)
        self.assertEqual(message.partner_ids, self.clerk.partner_id)
        self.assertFalse(violation._deadline_get_leaders().get(violation.id))

    def test_what_was_given_is_taken_away_when_it_becomes_secret(self):
        violation = self.violation()
        partners = (self.clerk + self.controller).partner_id
        violation.message_subscribe(partners.ids)
        message = violation.message_post(body="Why?", partner_ids=partners.ids)
        violation.activity_schedule("mail.mail_activity_data_todo", user_id=self.controller.id)

        violation.sudo().complaint_id.is_confidential = True

        self.assertNotIn(self.controller.partner_id, violation.message_partner_ids)
        self.assertEqual(message.partner_ids, self.clerk.partner_id)
        self.assertFalse(violation.activity_ids)
        self.assertFalse(self.sees(self.controller, violation))

    def test_digest_of_a_controller_tells_nothing_of_it(self):
        violation = self.violation(is_confidential=True)
        news = [("id", "=", violation.id)]

        sections = [
            self.env["crm.standard.digest"].with_user(user)._section_all(Domain(news))
            for user in (self.controller, self.manager)
        ]

        self.assertEqual([bool(section.lines) for section in sections], [False, True])
