from datetime import datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import MONDAY, ComplaintStandardsCase

JANUARY, FEBRUARY = datetime(2026, 1, 15), datetime(2026, 2, 15)


@tagged("post_install", "-at_install")
class TestBreachCause(ComplaintStandardsCase):
    """A confirmed cause is a standard that was not kept, in the version in force then."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first = cls.standard.version_id
        with freeze_time(datetime(2026, 2, 1)):
            cls.env.cr._now = datetime(2026, 2, 1)
            cls.standard.description = "<p>Call first.</p>"
            cls.env.flush_all()
        cls.env.cr._now = None
        cls.second = cls.standard.version_id
        cls.cause = cls.env.ref("crm_complaints_standards.crm_complaint_cause_standard")

    def share(self, complaint=None, user=None, **values):
        complaint = complaint or self.complaint(date_received=MONDAY)
        shares = self.env["crm.complaint.cause.share"].with_user(user or self.env.uid)
        return shares.create(
            {
                "complaint_id": complaint.id,
                "cause_id": self.cause.id,
                "standard_id": self.standard.id,
                **values,
            }
        )

    def test_the_version_in_force_when_it_was_broken_is_proven(self):
        self.assertNotEqual(self.first, self.second)

        for moment, version in [(JANUARY, self.first), (FEBRUARY, self.second)]:
            with self.subTest(moment):
                share = self.share(date_broken=moment)
                self.assertEqual(share.version_id, version)

    def test_without_a_date_the_receipt_of_the_complaint_counts(self):
        share = self.share()

        self.assertEqual(share.date_broken, MONDAY)
        self.assertEqual(share.version_id, self.second)

    def test_what_was_proven_stays_when_the_standard_changes(self):
        share = self.share(date_broken=FEBRUARY)

        self.standard.description = "<p>Write first.</p>"
        self.env.flush_all()

        self.assertNotEqual(self.standard.version_id, self.second)
        self.assertEqual(share.version_id, self.second)

    def test_a_standard_that_was_not_in_force_cannot_have_been_broken(self):
        with self.assertRaisesRegex(ValidationError, "was not in force on 2025-12-31"):
            self.share(date_broken=datetime(2025, 12, 31))

    def test_a_standard_of_another_company_is_refused(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        strange = self._make_standard(company_id=other.id, code="ST-8")

        with self.assertRaisesRegex(ValidationError, "is of another company"):
            self.share(standard_id=strange.id)

    def test_t21_the_refusal_names_no_standard_that_may_not_be_read(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        strange = self._make_standard(company_id=other.id, code="ST-9", name="Secret Plan")
        share = self.share()

        with self.assertRaises(ValidationError) as refusal:
            share.with_user(self.clerk).standard_id = strange.id

        self.assertNotIn("Secret Plan", str(refusal.exception))

    def test_an_upheld_complaint_is_closed_only_with_the_standard_named(self):
        complaint = self.complaint(date_received=MONDAY, outcome="upheld")
        share = self.share(complaint, standard_id=False)

        self.assertIn("name the standard", complaint.causes_guidance)
        with self.assertRaisesRegex(ValidationError, "name the standard beside the cause"):
            complaint.with_user(self.clerk).stage_id = self.stage_closed
        share.standard_id = self.standard
        complaint.with_user(self.clerk).stage_id = self.stage_closed

        self.assertFalse(complaint.causes_guidance)
        self.assertEqual(complaint.state, "closed")

    def test_a_rejected_complaint_needs_no_standard(self):
        complaint = self.complaint(date_received=MONDAY, outcome="rejected")
        self.share(complaint, standard_id=False)

        complaint.with_user(self.clerk).stage_id = self.stage_closed

        self.assertEqual(complaint.state, "closed")

    def test_a_clerk_without_rights_on_standards_finds_and_names_one(self):
        self.clerk.group_ids = [
            Command.set(self.env.ref("crm_complaints.group_user").ids),
        ]
        found = self.env["crm.standard"].with_user(self.clerk).name_search("Answering complaints")

        share = self.share(user=self.clerk)

        self.assertIn(self.standard.id, dict(found))
        self.assertEqual(share.version_id.display_name, self.second.display_name)

    def test_a_clerk_does_not_find_drafts(self):
        draft = self.env["crm.standard"].create({"name": "Secret plan", "code": "ST-99"})

        self.clerk.group_ids = [Command.set(self.env.ref("crm_complaints.group_user").ids)]
        found = self.env["crm.standard"].with_user(self.clerk).name_search("Secret plan")

        self.assertNotIn(draft.id, dict(found))

    def test_both_sides_show_the_link(self):
        self.share(date_broken=JANUARY)
        self.share(date_broken=FEBRUARY)
        self.share(date_broken=FEBRUARY)

        self.assertEqual(self.standard.complaint_count, 3)
        self.assertEqual((self.first + self.second).mapped("complaint_count"), [1, 2])
        domain = self.second.action_view_complaints()["domain"]
        self.assertEqual(self.env["crm.complaint.report.cause"].search_count(domain), 2)

    def test_pareto_by_standard_and_version_counts_shares(self):
        other = self._make_standard(code="ST-8")
        self.share(date_broken=JANUARY, share_percent=70)
        self.share(date_broken=FEBRUARY, share_percent=50)
        self.share(standard_id=other.id, share_percent=100)

        rows = self.env["crm.complaint.report.cause"]._read_group(
            [("standard_id", "in", (self.standard + other).ids)],
            ["standard_id", "version_id"],
            ["weight:sum"],
            order="weight:sum DESC",
        )

        self.assertEqual(
            [(standard, version, round(weight, 2)) for standard, version, weight in rows],
            [
                (other, other.version_id, 1.0),
                (self.standard, self.first, 0.7),
                (self.standard, self.second, 0.5),
            ],
        )

    def test_t21_counts_tell_nothing_of_complaints_out_of_reach(self):
        complaint = self.complaint(
            date_received=MONDAY, about_user_ids=[Command.set(self.leader.ids)]
        )
        self.share(complaint)
        leader = self.standard.with_user(self.leader)

        self.assertEqual(leader.complaint_count, 0)
        self.assertEqual(leader.version_id.complaint_count, 0)
        self.assertEqual(self.standard.with_user(self.clerk).complaint_count, 1)

    def test_who_may_name_the_standard(self):
        """Role x deed x outcome: parts follow their complaint."""
        table = [
            (self.clerk, True),
            (self.manager, True),
            (self.colleague, False),
            (self.controller, False),
            (self.employee, False),
        ]
        for user, allowed in table:
            with self.subTest(user=user.login):
                complaint = self.complaint(date_received=MONDAY)
                if allowed:
                    self.assertTrue(self.share(complaint, user=user).version_id)
                else:
                    with self.assertRaises(AccessError):
                        self.share(complaint, user=user)
