from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.service.model import call_kw

from .common import ComplaintsCase


@freeze_time("2026-03-02 08:00:00")
class TestRegister(ComplaintsCase):
    """The door for people and systems without rights on complaints."""

    def _register(self, user, **values):
        found = call_kw(
            self.env["crm.complaint"].with_user(user), "register_complaint", [values], {}
        )
        return self.env["crm.complaint"].browse(found["id"]), found

    def test_a_salesman_hands_in_a_complaint_and_does_not_see_it(self):
        lead = self.env["crm.lead"].create({"name": "Deal", "user_id": self.salesman.id})

        complaint, answer = self._register(
            self.salesman,
            name="Wrong color",
            description="<p>Green instead of red</p>",
            partner_id=self.customer.id,
            lead_id=lead.id,
            category_id=self.category.id,
            channel="visit",
            date_received="2026-03-01 10:00:00",
            amount_demanded=12.5,
        )

        self.assertEqual(answer["number"], complaint.number)
        self.assertRecordValues(
            complaint,
            [
                {
                    "name": "Wrong color",
                    "partner_id": self.customer.id,
                    "lead_id": lead.id,
                    "category_id": self.category.id,
                    "company_id": self.salesman.company_id.id,
                    "user_id": False,
                    "create_uid": self.salesman.id,
                    "amount_demanded": 12.5,
                }
            ],
        )
        self.assertEqual(complaint.channel_id.code, "visit")
        self.assertEqual(complaint.move_ids.way, "person")
        self.assertFalse(complaint.with_user(self.salesman).has_access("read"))
        self.assertNotIn(self.salesman.partner_id, complaint.message_partner_ids)

    def test_t4_what_is_not_the_callers_to_say_is_refused(self):
        for name, value in [
            ("company_id", 1),
            ("user_id", self.salesman.id),
            ("team_id", self.team.id),
            ("stage_id", self.stage_closed.id),
            ("number", "C1"),
            ("outcome", "rejected"),
            ("is_confidential", False),
            ("about_user_ids", []),
            ("create_uid", 1),
            ("message_ids", []),
        ]:
            with self.subTest(name), self.assertRaisesRegex(UserError, name):
                self._register(self.salesman, name="x", **{name: value})

    def test_t4_a_context_says_nothing_that_is_not_the_callers_to_say(self):
        other = self.env["res.company"].create({"name": "Second Company"})
        defaults = {
            "default_user_id": self.manager.id,
            "default_team_id": self.other_team.id,
            "default_stage_id": self.stage_closed.id,
            "default_outcome": "rejected",
            "default_is_confidential": True,
            "default_confidant_ids": [Command.link(self.salesman.id)],
            "default_about_user_ids": [Command.link(self.manager.id)],
            "default_company_id": other.id,
        }
        complaints = self.env["crm.complaint"].with_user(self.salesman)

        found = complaints.with_context(**defaults).register_complaint({"name": "Late"})

        complaint = self.env["crm.complaint"].browse(found["id"])
        self.assertEqual(complaint.company_id, self.salesman.company_id)
        self.assertNotIn(complaint.stage_id, self.stage_closed)
        self.assertFalse(complaint.outcome or complaint.is_confidential or complaint.user_id)
        self.assertFalse(complaint.confidant_ids | complaint.about_user_ids)
        self.assertNotEqual(complaint.team_id, self.other_team)

    def test_t15_a_context_brings_no_complaint_to_another_company(self):
        other = self.env["res.company"].create({"name": "Second Company"})
        complaints = self.env["crm.complaint"].with_user(self.salesman)

        with self.assertRaises(AccessError):
            complaints.with_context(allowed_company_ids=other.ids).register_complaint({"name": "x"})

    def test_t1_records_out_of_reach_are_refused(self):
        own = self.env["crm.lead"].create({"name": "Deal", "user_id": self.manager.id})
        other = self.env["res.company"].create({"name": "Other Company"})
        partner = self.env["res.partner"].create({"name": "Theirs", "company_id": other.id})

        for user, name, value in [
            (self.salesman, "lead_id", own.id),
            (self.salesman, "partner_id", partner.id),
            (self.salesman, "partner_id", 10**9),
        ]:
            with self.subTest(name, value=value), self.assertRaisesRegex(UserError, "your reach"):
                self._register(user, name="x", **{name: value})
        with self.assertRaises(AccessError):
            self._register(self.outsider, name="x", lead_id=own.id)

    def test_t5_garbage_is_told_in_plain_words(self):
        for values in (
            {},
            {"name": "  "},
            {"name": ["list"]},
            {"name": "x", "partner_id": "1"},
            {"name": "x", "partner_id": [1]},
            {"name": "x", "partner_id": True},
            {"name": "x", "category_id": -1},
            {"name": "x", "date_received": "soon"},
            {"name": "x", "date_received": [2026]},
            {"name": "x", "date_received": "2027-01-01 00:00:00"},
            {"name": "x", "amount_demanded": -1},
            {"name": "x", "amount_demanded": float("nan")},
            {"name": "x", "amount_demanded": float("inf")},
            {"name": "x", "amount_demanded": "much"},
            {"name": "x", "channel": "pigeon"},
            {"name": "x", "channel": ["mail"]},
        ):
            with self.subTest(values=values), self.assertRaises(UserError):
                self._register(self.salesman, **values)

    def test_a_complaint_without_subject_or_with_odd_letters_is_not_lost(self):
        nameless, _answer = self._register(self.salesman, description="Only a text")
        odd, _answer = self._register(self.salesman, name="a\x00b")

        self.assertEqual(nameless.name, "Complaint without a subject")
        self.assertEqual(odd.name, "ab")

    def test_t14_customers_and_visitors_do_not_come_in_here(self):
        for user in (self.customer_user, self.env.ref("base.public_user")):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._register(user, name="x")
