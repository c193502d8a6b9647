from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tools import mute_logger

from .common import ComplaintsCase


class CausesCase(ComplaintsCase):
    """Two causes, one below a root on a bone of Ishikawa's drawing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        causes = cls.env["crm.complaint.cause"]
        cls.root = causes.create({"name": "Warehouse", "branch": "method"})
        cls.cause = causes.create({"name": "Wrong label", "parent_id": cls.root.id})
        cls.other_cause = causes.create({"name": "Carrier", "branch": "environment"})

    @classmethod
    def shares(cls, *percents):
        """Return commands that give these shares to the causes in turn."""
        causes = [cls.cause, cls.other_cause, cls.root]
        return [
            Command.create({"cause_id": cause.id, "share_percent": percent})
            for cause, percent in zip(causes, percents, strict=False)
        ]


class TestCauses(CausesCase):
    """Confirmed causes with shares."""

    def test_an_upheld_complaint_is_not_closed_without_causes(self):
        for user, su in [(self.clerk, False), (self.manager, False), (self.clerk, True)]:
            with self.subTest(user=user.login, su=su):
                complaint = self.complaint(outcome="upheld").with_user(user).sudo(su)
                with self.assertRaisesRegex(ValidationError, "enter its confirmed causes"):
                    complaint.stage_id = self.stage_closed

    def test_an_upheld_complaint_is_not_closed_with_shares_that_do_not_sum_to_100(self):
        for percents, total in [((60, 30), "90"), ((60, 50), "110")]:
            with self.subTest(percents):
                complaint = self.complaint(
                    outcome="partly", cause_share_ids=self.shares(*percents)
                ).with_user(self.clerk)

                self.assertIn(total, complaint.causes_guidance)
                with self.assertRaisesRegex(ValidationError, f"sum to {total} %"):
                    complaint.stage_id = self.stage_closed

    def test_shares_of_100_close_it(self):
        complaint = self.complaint(outcome="upheld", cause_share_ids=self.shares(33.33, 66.67))

        complaint.with_user(self.clerk).stage_id = self.stage_closed

        self.assertFalse(complaint.causes_guidance)
        self.assertEqual(complaint.main_cause_id, self.other_cause)
        self.assertEqual(complaint.state, "closed")

    def test_rejected_and_withdrawn_ones_need_no_causes(self):
        for outcome in ("rejected", "withdrawn", False):
            with self.subTest(outcome):
                complaint = self.complaint(outcome=outcome)
                complaint.stage_id = self.stage_closed
                self.assertEqual(complaint.state, "closed")

    def test_a_category_may_do_without(self):
        self.category.is_cause_required = False
        complaint = self.complaint(outcome="upheld")

        complaint.stage_id = self.stage_closed

        self.assertEqual(complaint.state, "closed")

    def test_a_closed_case_does_not_become_upheld_without_causes(self):
        complaint = self.complaint(outcome="rejected")
        complaint.stage_id = self.stage_closed

        with self.assertRaisesRegex(ValidationError, "enter its confirmed causes"):
            complaint.with_user(self.clerk).outcome = "upheld"

    def test_a_clerk_creates_no_closed_one_past_the_check(self):
        with self.assertRaisesRegex(ValidationError, "enter its confirmed causes"):
            self.complaint(self.clerk, outcome="upheld", stage_id=self.stage_closed.id)
        history = self.complaint(self.manager, outcome="upheld", stage_id=self.stage_closed.id)
        self.assertEqual(history.state, "closed")

    def test_causes_of_an_ended_case_change_only_when_it_is_reopened(self):
        complaint = self.complaint(outcome="upheld", cause_share_ids=self.shares(60, 40))
        complaint.stage_id = self.stage_closed
        share = complaint.cause_share_ids[0].with_user(self.clerk)

        for deed in (
            lambda: share.write({"share_percent": 50}),
            share.unlink,
            lambda: share.copy({"cause_id": self.root.id}),
        ):
            with self.assertRaisesRegex(UserError, "Reopen it"), self.env.cr.savepoint():
                deed()
        fewer = [Command.delete(complaint.cause_share_ids[1].id)]
        broken = self.assertRaisesRegex(ValidationError, "sum to 60 %")
        with broken, self.env.cr.savepoint():
            complaint.with_user(self.manager).cause_share_ids = fewer
        complaint.with_user(self.clerk).stage_id = self.stage_acknowledged
        share.share_percent = 50
        self.assertEqual(complaint.cause_total_percent, 90)

    def test_who_confirmed_a_cause_is_not_the_callers_to_say(self):
        complaint = self.complaint()

        share = (
            self.env["crm.complaint.cause.share"]
            .with_user(self.clerk)
            .create(
                {
                    "complaint_id": complaint.id,
                    "cause_id": self.cause.id,
                    "user_id": self.manager.id,
                }
            )
        )
        self.assertEqual(share.user_id, self.clerk)
        share.with_user(self.leader).write({"share_percent": 70, "user_id": self.manager.id})
        self.assertEqual(share.user_id, self.leader)

    def test_one_click_brings_the_shares_to_100(self):
        complaint = self.complaint(cause_share_ids=self.shares(60, 60, 60))

        complaint.with_user(self.clerk).action_normalize_causes()

        self.assertEqual(
            sorted(complaint.cause_share_ids.mapped("share_percent")), [33.33, 33.33, 33.34]
        )
        self.assertEqual(complaint.cause_total_percent, 100)

    @mute_logger("odoo.sql_db")
    def test_impossible_shares_are_refused(self):
        complaint = self.complaint()
        for percent in (0, -5, 100.01, 1000):
            with self.subTest(percent), self.assertRaises(IntegrityError), self.env.cr.savepoint():
                complaint.cause_share_ids = self.shares(percent)
                self.env.flush_all()
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            complaint.cause_share_ids = self.shares(50)
            complaint.cause_share_ids = self.shares(50)
            self.env.flush_all()

    def test_a_cause_in_use_cannot_be_deleted(self):
        self.complaint(cause_share_ids=self.shares(100))

        with self.assertRaisesRegex(UserError, "Archive it instead"):
            self.cause.with_user(self.manager).unlink()

    def test_causes_stand_on_the_bone_of_those_above(self):
        self.assertEqual(self.cause.branch, "method")

        self.root.branch = "people"

        self.assertEqual(self.cause.branch, "people")

    def test_t1_t21_causes_are_seen_with_their_complaint(self):
        secret = self.complaint(
            is_confidential=True, user_id=self.manager.id, cause_share_ids=self.shares(100)
        )
        shares = self.env["crm.complaint.cause.share"]
        of_it = [("complaint_id", "=", secret.id)]

        for user, count in [(self.manager, 1), (self.clerk, 0), (self.all_clerk, 0)]:
            with self.subTest(user=user.login):
                self.assertEqual(shares.with_user(user).search_count(of_it), count)
                groups = shares.with_user(user).formatted_read_group(
                    [*of_it, ("cause_id", "=", self.cause.id)], ["cause_id"], ["__count"]
                )
                self.assertEqual(len(groups), count)
        for user in (self.clerk, self.outsider, self.customer_user):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.env.invalidate_all()
                secret.cause_share_ids.with_user(user).write({"share_percent": 1})

    def test_table_of_roles_and_deeds_of_causes(self):
        every, clerk = {"read", "write", "create", "unlink"}, {"read", "write", "create"}
        table = {
            "crm.complaint.cause.share": (every, every),
            "crm.complaint.suspect": (every, every),
            "crm.complaint.why": (every, every),
            "crm.complaint.action": (clerk, every),
            "crm.complaint.effect.check": ({"read"}, {"read"}),
        }
        none = [(user, set()) for user in (self.salesman, self.outsider, self.customer_user)]
        for model, (of_clerk, of_manager) in table.items():
            for user, allowed in [(self.clerk, of_clerk), (self.manager, of_manager), *none]:
                for deed in every:
                    with self.subTest(model=model, user=user.login, deed=deed):
                        may = self.env[model].with_user(user).has_access(deed)
                        self.assertEqual(may, deed in allowed)
