from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import new_test_user

from odoo.addons.crm_complaints.way import MAIL, by_way

from .common import ComplaintsCase


@freeze_time("2026-03-02 08:00:00")
class TestMove(ComplaintsCase):
    """Moves between stages."""

    def test_t19_each_move_is_logged_with_who_when_and_how(self):
        complaint = self.complaint(self.clerk)
        with freeze_time("2026-03-03 09:00:00"):
            complaint.with_user(self.leader).stage_id = self.stage_acknowledged

        moves = complaint.move_ids.sorted("id")

        self.assertRecordValues(
            moves,
            [
                {
                    "stage_from_id": False,
                    "stage_to_id": self.stage_received.id,
                    "state_to": "new",
                    "user_id": self.clerk.id,
                    "date": fields.Datetime.to_datetime("2026-03-02 08:00:00"),
                    "way": "person",
                },
                {
                    "stage_from_id": self.stage_received.id,
                    "stage_to_id": self.stage_acknowledged.id,
                    "state_to": "open",
                    "user_id": self.leader.id,
                    "date": fields.Datetime.to_datetime("2026-03-03 09:00:00"),
                    "way": "person",
                },
            ],
        )

    def test_the_way_is_told_by_the_process_and_not_by_the_caller(self):
        complaint = self.complaint()

        with by_way(MAIL):
            complaint.stage_id = self.stage_acknowledged
        complaint.with_context(
            way="portal", crm_complaints_way="portal"
        ).stage_id = self.stage_answered

        self.assertEqual(
            complaint.move_ids.sorted("id").mapped("way"), ["system", "mail", "system"]
        )

    def test_writing_the_same_stage_is_no_move(self):
        complaint = self.complaint()

        complaint.write({"stage_id": complaint.stage_id.id, "name": "Other words"})

        self.assertEqual(len(complaint.move_ids), 1)

    def test_many_complaints_move_at_once(self):
        complaints = self.complaint() | self.complaint(stage_id=self.stage_acknowledged.id)

        complaints.write({"stage_id": self.stage_acknowledged.id})

        self.assertEqual([len(complaint.move_ids) for complaint in complaints], [2, 1])

    def test_the_dates_of_answer_and_end_follow_the_moves(self):
        complaint = self.complaint()
        now = fields.Datetime.now()

        complaint.stage_id = self.stage_answered
        self.assertEqual((complaint.date_answered, complaint.date_closed), (now, False))
        complaint.stage_id = self.stage_closed
        self.assertEqual((complaint.date_answered, complaint.date_closed), (now, now))
        complaint.stage_id = self.stage_acknowledged
        self.assertEqual((complaint.date_answered, complaint.date_closed), (now, False))

    def test_t19_nobody_writes_the_log(self):
        move = self.complaint().move_ids

        for deed in (
            lambda: move.write({"way": "mail"}),
            lambda: move.unlink(),
            lambda: move.copy(),
            lambda: move.create({"complaint_id": move.complaint_id.id}),
        ):
            with self.subTest(deed=deed), self.assertRaises(AccessError):
                deed()

    def test_the_board_shows_all_stages_but_those_of_other_teams(self):
        own = self.env["crm.complaint.stage"].create(
            {"name": "Desk only", "team_ids": self.team.ids}
        )
        self.complaint()
        complaints = self.env["crm.complaint"].with_user(self.clerk)

        def columns(**context):
            groups = complaints.with_context(read_group_expand=True, **context).web_read_group(
                [], ["stage_id"]
            )
            return [group["stage_id"][0] for group in groups["groups"]]

        self.assertIn(self.stage_withdrawn.id, columns())
        self.assertNotIn(own.id, columns())
        self.assertIn(own.id, columns(default_team_id=self.team.id))

    def test_a_visitor_of_the_portal_is_named_as_such(self):
        visitor = new_test_user(self.env, "cmp_visitor", "base.group_portal")

        self.env["crm.complaint"].with_user(visitor).sudo().create({"name": "From the portal"})

        complaint = self.env["crm.complaint"].search([("name", "=", "From the portal")])
        self.assertEqual(complaint.move_ids.way, "portal")
