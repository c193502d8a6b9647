from unittest.mock import patch

from odoo.tools import mute_logger

from .handover_common import HandoverCase


class TestHandoverLeavers(HandoverCase):
    """Who leaves is never held up, and nothing of his work is lost."""

    def prepared(self):
        return self.env["crm.standard.handover"].search([("giver_id", "=", self.salesman.id)])

    def test_work_of_who_is_archived_is_listed_for_his_leader(self):
        self.salesman.action_archive()

        handover = self.prepared()
        self.assertRecordValues(handover, [{"state": "draft", "reason": "leaving"}])
        self.assertEqual(handover.activity_ids.user_id, self.leader)
        self.assertEqual(self.line(handover, self.deal).state, "planned")
        self.assertEqual(self.deal.user_id, self.salesman)

    def test_his_tasks_survive_the_archiving(self):
        self.salesman.action_archive()

        self.assertTrue(self.task.exists().active)
        self.assertTrue(self.line(self.prepared(), self.task))

    def test_archiving_by_a_plain_write_is_seen_as_well(self):
        self.salesman.write({"active": False})

        self.assertTrue(self.prepared())

    def test_leader_hands_over_what_the_leaver_had(self):
        self.salesman.action_archive()
        handover = self.prepared().with_user(self.leader)

        handover.receiver_ids = self.colleague
        handover.action_offer()
        handover.with_user(self.colleague).action_accept()

        self.assertEqual(self.deal.user_id, self.colleague)
        self.assertEqual(self.task.user_id, self.colleague)

    def test_without_work_nothing_is_prepared(self):
        self.colleague.action_archive()

        register = self.env["crm.standard.handover"]
        self.assertFalse(register.search([("giver_id", "=", self.colleague.id)]))

    def test_without_a_leader_the_controller_is_told(self):
        self.team.user_id = False
        self.env.company.standard_controller_id = self.controller

        self.salesman.action_archive()

        self.assertEqual(self.prepared().activity_ids.user_id, self.controller)

    @mute_logger("odoo.addons.crm_standards.models.handover.crm_standard_handover_leavers")
    def test_broken_list_holds_nobody_up(self):
        tool = type(self.env["crm.standard.handover.scope"])

        with patch.object(tool, "_find_records", side_effect=ValueError("broken")):
            self.salesman.action_archive()

        self.assertFalse(self.salesman.active)

    def test_who_leaves_a_team_leaves_its_leads_to_its_leader(self):
        self.env["crm.team.member"].search([("user_id", "=", self.salesman.id)]).unlink()

        self.assertRecordValues(
            self.prepared(), [{"reason": "other", "team_ids": self.team.ids, "state": "draft"}]
        )

    def test_people_who_left_before_are_found_by_the_daily_look(self):
        with patch.object(type(self.env["crm.standard.handover"]), "_prepare_for"):
            self.salesman.action_archive()
        self.assertFalse(self.prepared())

        self.run_cron("crm_standard_handover_cron_follow_up")
        self.run_cron("crm_standard_handover_cron_follow_up")

        self.assertEqual(len(self.prepared()), 1)

    def test_to_people_who_left_nothing_is_taken_back(self):
        handover = self.handed_over()
        self.salesman.action_archive()

        with self.assertRaisesRegex(Exception, "has left"):
            handover.with_user(self.controller).action_take_back()
