from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError

from .common import ComplaintsCase


@freeze_time("2026-03-02 08:00:00")
class TestReopen(ComplaintsCase):
    """Ended cases that go on, by hand."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.complaint_reopen_days = 30
        with freeze_time("2026-03-02 08:00:00"):
            cls.case = cls.complaint(outcome="rejected", is_confidential=True)
            cls.case.stage_id = cls.stage_acknowledged
            cls.case.stage_id = cls.stage_closed

    def test_within_the_term_the_same_case_goes_on_where_it_stood(self):
        with freeze_time("2026-03-20 08:00:00"):
            action = self.case.with_user(self.clerk).action_reopen()

        self.assertFalse(action)
        self.assertEqual(self.case.stage_id, self.stage_acknowledged)

    def test_what_the_first_closing_said_stays(self):
        with freeze_time("2026-03-20 08:00:00"):
            self.case.with_user(self.clerk).action_reopen()
            self.case.category_id.is_cause_required = False
            self.case.outcome = "upheld"
            self.case.stage_id = self.stage_closed

        self.assertRecordValues(
            self.case,
            [
                {
                    "date_first_closed": fields.Datetime.to_datetime("2026-03-02 08:00:00"),
                    "first_outcome": "rejected",
                    "date_closed": fields.Datetime.to_datetime("2026-03-20 08:00:00"),
                    "reopen_count": 1,
                }
            ],
        )

    @freeze_time("2026-04-02 08:00:00")
    def test_after_the_term_a_new_case_goes_on_from_it(self):
        action = self.case.with_user(self.clerk).action_reopen()

        later = self.case.next_ids
        self.assertEqual(action["res_id"], later.id)
        self.assertTrue(self.case.date_closed)
        self.assertRecordValues(
            later,
            [
                {
                    "previous_id": self.case.id,
                    "partner_id": self.customer.id,
                    "user_id": self.clerk.id,
                    "is_confidential": True,
                    "outcome": False,
                    "state": "new",
                    "reopen_count": 0,
                }
            ],
        )

    @freeze_time("2026-04-02 08:00:00")
    def test_the_button_opens_one_case_and_not_two(self):
        case = self.case.with_user(self.clerk)

        first, second = case.action_reopen(), case.action_reopen()

        self.assertEqual(first["res_id"], second["res_id"])

    @freeze_time("2026-04-02 08:00:00")
    def test_after_the_term_no_path_reopens_the_old_case(self):
        with self.assertRaisesRegex(UserError, "more than 30 days ago"):
            self.case.with_user(self.manager).stage_id = self.stage_acknowledged

    def test_an_open_case_is_not_reopened(self):
        with self.assertRaisesRegex(UserError, "open already"):
            self.complaint().with_user(self.clerk).action_reopen()

    def test_t19_nobody_writes_what_closing_sets(self):
        for vals in (
            {"date_first_closed": False},
            {"reopen_count": 0},
            {"first_outcome": "upheld"},
            {"previous_id": self.complaint().id},
        ):
            with self.subTest(vals):
                with self.assertRaisesRegex(UserError, "the system sets this itself"):
                    self.case.sudo().write(vals)
                with self.assertRaisesRegex(UserError, "the system sets this itself"):
                    self.complaint(**vals)

    def test_t4_no_default_of_a_context_says_it(self):
        complaints = self.env["crm.complaint"].with_user(self.clerk)

        complaint = complaints.with_context(
            default_reopen_count=3, default_previous_id=self.case.id
        ).create({"name": "Another"})

        self.assertRecordValues(complaint, [{"reopen_count": 0, "previous_id": False}])
