from datetime import timedelta

from freezegun import freeze_time
from psycopg2.errors import CheckViolation, UniqueViolation

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ComplaintsCase


@freeze_time("2026-03-02 08:00:00")
class TestCase(ComplaintsCase):
    """A complaint as it is registered."""

    def test_a_new_complaint_has_number_dates_and_the_first_stage(self):
        complaint = self.complaint(self.clerk)

        self.assertRegex(complaint.number, r"\d{5}$")
        self.assertRecordValues(
            complaint,
            [
                {
                    "date_received": fields.Datetime.now(),
                    "date_registered": fields.Datetime.now(),
                    "stage_id": self.stage_received.id,
                    "state": "new",
                    "commercial_partner_id": self.company_partner.id,
                    "contact_name": "Carla Customer",
                    "email_normalized": "carla@customer.example.com",
                    "phone_sanitized": "+4930123456",
                    "currency_id": self.env.company.currency_id.id,
                    "active": True,
                }
            ],
        )

    def test_numbers_are_never_the_same(self):
        complaints = self.env["crm.complaint"].create([{"name": f"No. {n}"} for n in range(20)])

        numbers = (complaints | self.complaint() | complaints[0].copy()).mapped("number")

        self.assertEqual(len(set(numbers)), 22)

    def test_two_complaints_of_a_company_cannot_share_a_number(self):
        first, second = self.complaint(), self.complaint()

        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"):
            second._write_facts({"number": first.number})
            self.env.flush_all()

    def test_a_company_may_have_a_sequence_of_its_own(self):
        self.env["ir.sequence"].create(
            {"name": "Own", "code": "crm.complaint", "prefix": "OWN/", "implementation": "no_gap"}
        )

        self.assertEqual(self.complaint().number, "OWN/1")

    def test_a_complaint_is_found_by_number_and_by_subject(self):
        complaint = self.complaint()
        complaints = self.env["crm.complaint"].with_user(self.clerk)

        for text in (complaint.number, "a week late"):
            with self.subTest(text):
                found = complaints.name_search(text)
                self.assertIn((complaint.id, f"{complaint.number} Delivered a week late"), found)

    def test_the_time_of_receipt_cannot_be_in_the_future(self):
        later = fields.Datetime.now() + timedelta(hours=1)

        with self.assertRaisesRegex(ValidationError, "in the future"):
            self.complaint(date_received=later)

    def test_a_complaint_written_down_later_keeps_the_time_of_its_receipt(self):
        complaint = self.complaint(date_received="2026-02-27 16:30:00")

        self.assertEqual(complaint.date_received, fields.Datetime.to_datetime("2026-02-27 16:30"))
        self.assertEqual(complaint.date_registered, fields.Datetime.now())

    def test_the_category_chooses_team_and_severity_and_a_person_may_choose_otherwise(self):
        self.category.write({"team_id": self.other_team.id, "severity": "high"})

        chosen = self.env["crm.complaint"].create({"name": "x", "category_id": self.category.id})
        otherwise = self.complaint(team_id=self.team.id, severity="low")

        self.assertEqual((chosen.team_id, chosen.severity), (self.other_team, "high"))
        self.assertEqual((otherwise.team_id, otherwise.severity), (self.team, "low"))

    def test_priority_follows_severity_and_impact(self):
        complaint = self.complaint(severity="high", impact="high")
        self.assertEqual(complaint.priority, "2")

        complaint.impact = "critical"

        self.assertEqual(complaint.priority, "3")

    def test_an_amount_below_zero_is_refused(self):
        with self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"):
            self.complaint(amount_demanded=-1)
            self.env.flush_all()

    def test_t6_scripts_in_the_substance_are_taken_out(self):
        complaint = self.complaint(description="<p onclick='x()'>Hi<script>alert(1)</script></p>")

        self.assertNotIn("script", complaint.description)
        self.assertNotIn("onclick", complaint.description)

    def test_what_nobody_may_set_is_refused_at_birth_and_later(self):
        complaint = self.complaint()

        for name, value in [("number", "C1"), ("date_registered", "2026-01-01 00:00:00")]:
            with self.subTest(name), self.assertRaisesRegex(UserError, "sets this itself"):
                self.complaint(**{name: value})
        for name in ("number", "date_registered", "date_answered", "date_closed"):
            with self.subTest(name), self.assertRaisesRegex(UserError, "sets this itself"):
                complaint.sudo().write({name: False})

    def test_only_managers_bring_in_history(self):
        values = {
            "date_received": "2025-01-01 08:00:00",
            "date_closed": "2025-01-09 08:00:00",
            "stage_id": self.stage_closed.id,
        }

        complaint = self.complaint(self.manager, **values)

        self.assertEqual(complaint.date_closed, fields.Datetime.to_datetime("2025-01-09 08:00"))
        with self.assertRaisesRegex(UserError, "sets this itself"):
            self.complaint(self.clerk, **values)

    def test_nothing_is_answered_before_it_was_received(self):
        with self.assertRaisesRegex(ValidationError, "before it was received"):
            self.complaint(
                self.manager,
                date_received="2025-01-09 08:00:00",
                date_closed="2025-01-01 08:00:00",
                stage_id=self.stage_closed.id,
            )


@tagged("post_install", "-at_install")
class TestCost(ComplaintsCase):
    """What registering many complaints costs."""

    def test_a_batch_draws_its_numbers_in_one_statement(self):
        values = [{"name": f"No. {number}"} for number in range(50)]
        self.env["crm.complaint"].create(values[:1])  # fill the caches

        with self.assertQueryCount(80):
            self.env["crm.complaint"].create(values)
            self.env.flush_all()
