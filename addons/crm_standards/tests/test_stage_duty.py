from datetime import datetime
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tools import SQL, mute_logger

from .common import StandardsCase

MONDAY = datetime(2026, 3, 2, 8)


@freeze_time(MONDAY)
class TestStageDuty(StandardsCase):
    """A deal that comes into a stage is put into the hands of one person."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        roles = cls.env["crm.standard.role"]
        cls.seller = roles.create({"name": "Seller", "kind": "responsible"})
        cls.writer = roles.create(
            {
                "name": "Writer",
                "kind": "people",
                "user_ids": [Command.set(cls.colleague.ids)],
            }
        )
        cls.policy = cls.env["crm.deadline.policy"].create(
            {"name": "A day", "term_amount": 1, "term_unit": "calendar_days"}
        )
        cls.law = cls.standard(duty_ids=[])
        cls.duty = cls.env["crm.standard.stage.duty"].create(
            {
                "standard_id": cls.law.id,
                "stage_id": cls.stage_proposal.id,
                "role_id": cls.writer.id,
                "name": "Write the proposal",
                "description": "Budget and needs",
                "accept_policy_id": cls.policy.id,
                "work_policy_id": cls.policy.id,
            }
        )

    def assignments(self, leads):
        return self.env["crm.standard.assignment"].search(
            [("lead_id", "in", leads.ids)], order="id"
        )

    def moved(self, stage=None, **values):
        lead = self.lead(**values)
        lead.stage_id = stage or self.stage_proposal
        return lead

    def test_next_person_gets_the_task_when_the_stage_is_reached(self):
        assignment = self.assignments(self.moved())

        self.assertRecordValues(
            assignment,
            [
                {
                    "name": "Write the proposal",
                    "description": "Budget and needs",
                    "sender_id": self.salesman.id,
                    "user_id": self.colleague.id,
                    "state": "offered",
                    "stage_id": self.stage_proposal.id,
                }
            ],
        )
        clock = assignment._deadline_open(["crm_standards.accept"])
        self.assertEqual(clock.user_id, self.colleague)
        self.assertEqual(assignment.date_accept_deadline, clock.date_due)
        self.assertEqual(assignment.activity_ids.user_id, self.colleague)

    def test_who_accepts_takes_over_the_deal_in_its_team(self):
        lead = self.moved()
        assignment = self.assignments(lead)

        assignment.with_user(self.colleague).action_accept()

        self.assertEqual((lead.user_id, lead.team_id), (self.colleague, self.team))
        self.assertEqual(assignment._deadline_open(["crm_standards.work"]).user_id, self.colleague)
        self.assertFalse(assignment._deadline_open(["crm_standards.accept"]))

    def test_duty_may_leave_the_deal_where_it_is(self):
        self.duty.is_takeover = False
        lead = self.moved()

        self.assignments(lead).with_user(self.colleague).action_accept()

        self.assertEqual(lead.user_id, self.salesman)

    def test_work_goes_to_who_has_least_to_do(self):
        self.writer.user_ids += self.controller
        leads = self.lead() + self.lead() + self.lead() + self.lead()

        leads.with_user(self.salesman).write({"stage_id": self.stage_proposal.id})

        loads = self.assignments(leads).grouped("user_id")
        self.assertEqual(
            {user: len(group) for user, group in loads.items()},
            {self.colleague: 2, self.controller: 2},
        )

    def test_batch_takes_no_more_statements_for_each_lead_than_a_few(self):
        self.moved()
        few = self.env["crm.lead"].create([self.vals() for _n in range(10)])
        many = self.env["crm.lead"].create([self.vals() for _n in range(40)])
        self.env.flush_all()

        first = self.count(lambda: few.write({"stage_id": self.stage_proposal.id}))
        second = self.count(lambda: many.write({"stage_id": self.stage_proposal.id}))

        self.assertLess(second, first * 2)

    def vals(self):
        return {
            "name": "D",
            "type": "opportunity",
            "team_id": self.team.id,
            "user_id": self.salesman.id,
            "stage_id": self.stage_new.id,
        }

    def count(self, deed):
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        deed()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_same_role_goes_on_with_its_own_deal(self):
        self.duty.copy({"stage_id": self.stage_qualified.id})

        lead = self.moved(self.stage_qualified)
        lead.stage_id = self.stage_proposal

        self.assertEqual(self.assignments(lead).mapped("stage_id"), self.stage_qualified)

    def test_leaving_the_stage_finishes_what_was_accepted(self):
        lead = self.moved()
        assignment = self.assignments(lead)
        assignment.with_user(self.colleague).action_accept()

        lead.with_user(self.colleague).stage_id = self.stage_won

        self.assertEqual(assignment.state, "done")
        self.assertEqual(assignment.sudo().deadline_clock_ids.mapped("state"), ["met", "met"])

    def test_deal_that_goes_on_alone_cancels_the_offer(self):
        lead = self.moved()
        assignment = self.assignments(lead)

        lead.stage_id = self.stage_won

        self.assertEqual(assignment.state, "cancelled")
        self.assertFalse(assignment._deadline_open())
        self.assertFalse(assignment.activity_ids)

    def test_lost_deal_is_nobodys_task(self):
        lead = self.moved()
        assignment = self.assignments(lead)

        lead.sudo().action_set_lost()

        self.assertEqual(assignment.state, "cancelled")
        self.assertIn("lost", assignment.reason)

    def test_who_moves_the_deal_to_himself_has_accepted(self):
        self.writer.user_ids = self.salesman

        assignment = self.assignments(self.moved())

        self.assertEqual((assignment.user_id, assignment.state), (self.salesman, "accepted"))

    def test_lead_born_in_the_stage_is_assigned_too(self):
        lead = self.lead(stage_id=self.stage_proposal.id)

        self.assertEqual(self.assignments(lead).user_id, self.colleague)

    def test_machine_gives_in_the_salespersons_name(self):
        lead = self.lead()

        with self.machine():
            lead.with_user(self.env.ref("base.public_user")).sudo().stage_id = self.stage_proposal

        self.assertEqual(self.assignments(lead).sender_id, self.salesman)

    def test_absent_person_is_replaced(self):
        def stand_in(user, date=None):
            return self.salesman if user == self.colleague else user

        self.writer.user_ids = self.colleague
        with patch.object(type(self.env["res.users"]), "_deadline_stand_in", stand_in):
            assignment = self.assignments(self.moved())

        self.assertEqual(assignment.user_id, self.salesman)

    def test_role_of_nobody_falls_to_the_leader_and_health_says_so(self):
        self.writer.user_ids.sudo().active = False

        lead = self.moved()

        self.assertEqual(self.assignments(lead).user_id, self.leader)
        problems = self.env["crm.standard.health"]._find_problems()
        self.assertIn(
            ("crm.standard.stage.duty", self.duty.id),
            [(problem.res_model, problem.res_id) for problem in problems],
        )

    def test_standard_not_in_force_assigns_nothing(self):
        self.law.action_retire()

        self.assertFalse(self.assignments(self.moved()))

    def test_other_teams_are_left_alone(self):
        self.law.team_ids = self.other_team

        self.assertFalse(self.assignments(self.moved()))

    def test_calendar_that_fails_does_not_stop_the_move(self):
        calendar = self.env["resource.calendar"].create({"name": "Empty"})
        calendar.attendance_ids.unlink()
        self.policy.write({"term_unit": "working_hours", "calendar_id": calendar.id})

        with mute_logger(
            "odoo.addons.crm_standards.models.assignments.crm_standard_assignment_clock"
        ):
            lead = self.moved()

        self.assertEqual(lead.stage_id, self.stage_proposal)
        self.assertFalse(self.assignments(lead).date_accept_deadline)

    def test_stage_has_one_role_in_a_standard(self):
        with self.assertRaisesRegex(ValidationError, "one responsible role"):
            self.duty.copy()

    def test_database_lets_no_stage_have_two_roles(self):
        other = self.duty.copy({"stage_id": self.stage_new.id})
        self.env.flush_all()

        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.env.cr.execute(
                SQL(
                    "UPDATE crm_standard_stage_duty SET stage_id = %s WHERE id = %s;"
                    " SET CONSTRAINTS ALL IMMEDIATE",
                    self.stage_proposal.id,
                    other.id,
                )
            )

    def test_two_stages_exchange_their_roles_in_one_draft(self):
        other = self.duty.copy({"stage_id": self.stage_new.id})
        self.law.action_new_version()
        version = self.law.open_version_id
        one, two = version.document_id.duty_ids.sorted("source_key")

        version.document_id.duty_ids = [
            Command.update(one.id, {"stage_id": two.stage_id.id}),
            Command.update(two.id, {"stage_id": one.stage_id.id}),
        ]
        version.action_put_in_force()
        self.env.cr.execute("SET CONSTRAINTS ALL IMMEDIATE")

        self.assertEqual(self.duty.stage_id, self.stage_new)
        self.assertEqual(other.stage_id, self.stage_proposal)

    def test_stage_with_a_duty_is_not_deleted_unseen(self):
        with self.assertRaisesRegex(UserError, "responsible role"):
            self.stage_proposal.unlink()

    def test_copy_of_a_standard_keeps_its_duties(self):
        self.assertEqual(self.law.copy().duty_ids.stage_id, self.stage_proposal)

    def test_merged_leads_keep_one_assignment(self):
        tail, head = self.moved(name="Tail"), self.moved(name="Head", priority="3")

        kept = (head + tail).sudo().merge_opportunity()

        self.assertEqual(self.assignments(kept).mapped("state"), ["offered"])
