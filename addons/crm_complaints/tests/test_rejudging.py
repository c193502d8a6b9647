from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tools import mute_logger

from .common_clocks import TermsCase


@freeze_time("2026-03-02 08:00:00")
class TestRejudging(TermsCase):
    """Terms follow the customer's class and changed levels, or the case says why not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tag = cls.env["res.partner.category"].create({"name": "Gold"})
        cls.short = cls.policy(1)
        cls.gold = cls.levels.create(
            {
                "name": "Gold",
                "sequence": -10,
                "partner_tag_ids": cls.tag.ids,
                "resolution_policy_id": cls.short.id,
            }
        )

    def _ask(self, complaints, user=None):
        answer = complaints.with_user(user or self.clerk).action_judge_terms()
        return answer["params"]["message"]

    def test_another_class_of_the_customer_judges_his_open_complaints_anew(self):
        complaint = self.complaint()
        answered = self.complaint(stage_id=self.stage_answered.id)
        before = len(answered.term_ids)

        self.company_partner.category_id = self.tag

        self.assertEqual(self.clock(complaint, "resolution").policy_id, self.short)
        self.assertIn("class has changed", complaint.term_ids.sorted("id")[-1:].reason)
        self.assertEqual(len(answered.term_ids), before)

    def test_a_person_who_changes_his_company_is_served_as_it_is(self):
        gold = self.env["res.partner"].create(
            {"name": "Gold Ltd", "is_company": True, "category_id": [Command.link(self.tag.id)]}
        )
        complaint = self.complaint()

        self.customer.parent_id = gold

        self.assertEqual(self.clock(complaint, "resolution").policy_id, self.short)

    def test_terms_that_cannot_be_judged_stop_nobody_from_editing_a_contact(self):
        complaint = self.complaint()
        broken = patch.object(type(complaint), "_choose_terms", side_effect=ValueError("broken"))

        with broken, mute_logger("odoo.addons.crm_complaints.models.clock.res_partner"):
            self.company_partner.category_id = self.tag

        self.assertEqual(self.company_partner.category_id, self.tag)

    def test_a_level_changed_later_counts_when_somebody_asks(self):
        complaint = self.complaint(severity="high")
        self.gold.write({"partner_tag_ids": False, "severity": "high"})

        message = self._ask(complaint)

        self.assertEqual(self.clock(complaint, "resolution").policy_id, self.short)
        self.assertIn("by “Gold”", message)

    def test_the_button_says_why_nothing_changes(self):
        complaint, late = self.complaint(), self.complaint(severity="high")
        answered = self.complaint(stage_id=self.stage_answered.id)

        self.assertIn("“Standard” covers it", self._ask(complaint))
        self.assertIn("answered or has ended", self._ask(answered))
        self.gold.write({"partner_tag_ids": False, "severity": "high"})
        with freeze_time("2026-06-02 08:00:00"):
            self.assertIn("is late already and stays so", self._ask(late))

    def test_of_many_it_says_how_many(self):
        complaints = self.complaint() | self.complaint(stage_id=self.stage_answered.id)
        self.gold.partner_tag_ids = False

        message = self._ask(complaints)

        self.assertEqual(
            message,
            "Other terms: 1. Answered or ended, nothing is judged: 1. Unchanged: 0.",
        )

    def test_t14_nothing_chosen_is_told_in_plain_words(self):
        with self.assertRaisesRegex(UserError, "Choose at least one"):
            self._ask(self.env["crm.complaint"])

    def test_t1_judging_is_for_who_may_change_the_complaint(self):
        complaint = self.complaint()

        for user in (self.colleague, self.outsider, self.customer_user):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._ask(complaint, user)
