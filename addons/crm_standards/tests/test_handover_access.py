from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from .handover_common import HandoverCase


class TestHandoverAccess(HandoverCase):
    """Who may hand over whose work, who sees it, and that nobody writes the register."""

    def test_who_may_prepare_a_hand_over(self):
        (employee,) = self._make_users(("std_emp2", "Emil", "base.group_user"))
        for user, is_allowed in (
            (self.salesman, True),
            (self.leader, True),
            (self.controller, True),
            (self.colleague, False),
            (employee, False),
        ):
            with self.subTest(user.login):
                if is_allowed:
                    self.assertEqual(self.handover(user=user, receivers=employee).state, "draft")
                else:
                    with self.assertRaises(AccessError), self.cr.savepoint():
                        self.handover(user=user, receivers=employee)

    def test_t4_no_default_makes_one_a_leader_of_the_giver(self):
        (stranger,) = self._make_users(("std_str", "Olga", "sales_team.group_sale_salesman"))
        self.other_team.user_id = stranger
        command = [Command.set(self.other_team.ids)]
        handovers = self.env["crm.standard.handover"].with_user(stranger)

        for context, values in (
            ({"default_giver_team_ids": command}, {}),
            ({"default_giver_team_ids": self.other_team.ids}, {}),
        ):
            with self.assertRaises(AccessError), self.cr.savepoint():
                handovers.with_context(**context).create({"giver_id": self.salesman.id, **values})

    def test_leader_of_one_past_team_gets_only_its_part_of_who_has_left(self):
        (stranger,) = self._make_users(("std_str", "Olga", "sales_team.group_sale_salesman"))
        self.other_team.user_id = stranger
        self.env["ir.config_parameter"].sudo().set_param("sales_team.membership_multi", True)
        self.env["crm.team.member"].create(
            {"crm_team_id": self.other_team.id, "user_id": self.salesman.id}
        )
        self.salesman.action_archive()
        handover = self.handover(user=stranger, receivers=stranger)

        handover.action_preview()

        self.assertFalse(self.line(handover, self.customer))

    def test_table_of_roles_and_deeds(self):
        portal, employee = self._make_users(
            ("std_portal2", "Paula", "base.group_portal"), ("std_emp3", "Emil", "base.group_user")
        )
        table = {
            "crm.standard.handover": {self.salesman: 4, employee: 0, portal: 0, self.controller: 4},
            "crm.standard.handover.line": {self.salesman: 1, portal: 0, self.controller: 1},
            "crm.standard.handover.share": {self.salesman: 1, portal: 0, self.controller: 1},
            "crm.standard.safety.event": {self.salesman: 0, portal: 0, self.controller: 1},
            "crm.standard.login": {self.salesman: 0, portal: 0, self.controller: 0},
            "crm.standard.adoption": {self.salesman: 1, employee: 0, portal: 0, self.controller: 1},
            "crm.standard.adoption.person": {self.salesman: 1, portal: 0, self.controller: 1},
        }
        for model, rights in table.items():
            for user, count in rights.items():
                with self.subTest(model=model, user=user.login):
                    deeds = ["read", "write", "create", "unlink"]
                    records = self.env[model].with_user(user)
                    self.assertEqual(
                        [deed for deed in deeds if records.has_access(deed)], deeds[:count]
                    )

    def test_t1_foreign_hand_over_is_neither_seen_nor_moved(self):
        handover = self.handover(receivers=self.leader)
        handover.action_offer()
        stranger = handover.with_user(self.colleague)

        self.assertFalse(stranger.search([("id", "=", handover.id)]))
        for deed in ("action_accept", "action_take_back", "action_preview", "action_draft"):
            with self.subTest(deed), self.assertRaises(UserError):
                getattr(stranger, deed)()
        wizard = self.env["crm.standard.handover.reason"].with_user(self.colleague)
        for deed in ("decline", "order", "cancel"):
            with self.subTest(deed), self.assertRaises(UserError):
                wizard.create(
                    {"handover_id": handover.id, "deed": deed, "reason": "x"}
                ).action_confirm()
        self.assertEqual(handover.state, "offered")

    def test_leader_hands_over_his_teams_work_only(self):
        foreign = self.lead(
            name="Elsewhere", team_id=self.other_team.id, stage_id=self.stage_other.id
        )
        self.env["ir.config_parameter"].sudo().set_param("sales_team.membership_multi", True)
        self.env["crm.team.member"].create(
            {"crm_team_id": self.other_team.id, "user_id": self.salesman.id}
        )
        handover = self.handover(user=self.leader)

        handover.action_preview()

        self.assertTrue(self.line(handover, self.deal))
        self.assertTrue(self.line(handover, self.task))
        self.assertFalse(self.line(handover, foreign))
        self.assertFalse(self.line(handover, self.customer))

    def test_leader_of_all_his_teams_hands_over_his_contacts_too(self):
        handover = self.handover(user=self.leader)

        handover.action_preview()

        self.assertTrue(self.line(handover, self.customer))
        self.assertEqual(handover.line_count, 4)  # he sees every line

    def test_t21_leader_of_another_team_counts_none_of_the_lines(self):
        self.other_team.user_id = self.colleague
        self.env["ir.config_parameter"].sudo().set_param("sales_team.membership_multi", True)
        self.env["crm.team.member"].create(
            {"crm_team_id": self.other_team.id, "user_id": self.salesman.id}
        )
        handover = self.handover(receivers=self.leader)
        handover.action_preview()

        seen = handover.with_user(self.colleague)
        seen.invalidate_recordset()

        self.assertEqual(seen.line_count, 0)
        self.assertFalse(seen.summary)

    def test_receiver_sees_his_lines_once_they_are_offered(self):
        handover = self.handover()
        handover.action_preview()
        line = self.line(handover, self.deal)
        self.assertFalse(line.with_user(self.colleague).has_access("read"))

        handover.action_offer()

        line = self.line(handover, self.deal)
        self.assertTrue(line.with_user(self.colleague).has_access("read"))

    def test_t15_other_company_is_left_out(self):
        company = self.env["res.company"].create({"name": "Other"})
        self.salesman.company_ids += company
        self.deal.sudo().write({"company_id": company.id, "team_id": False})
        handover = self.handover(user=self.controller)

        handover.action_preview()

        self.assertFalse(self.line(handover, self.deal))
        self.assertFalse(self.line(handover, self.task))
        with self.assertRaises(AccessError):
            self.handover(user=self.controller, company_id=company.id)

    def test_t19_nobody_writes_what_became_of_it(self):
        handover = self.handed_over()
        line = handover.line_ids[:1]
        for register in (handover.with_user(self.controller), handover):
            for vals in (
                {"state": "draft"},
                {"ordered_by_id": self.colleague.id},
                {"line_ids": [Command.clear()]},
                {"giver_team_ids": [Command.set(self.other_team.ids)]},
                {"date_take_back": fields.Date.today() + timedelta(days=99)},
            ):
                with self.subTest(vals=vals), self.assertRaises(AccessError):
                    register.write(vals)
        with self.assertRaises(UserError):
            handover.with_user(self.salesman).receiver_ids = self.leader
        for deed in (line.unlink, lambda: line.write({"state": "planned"})):
            with self.assertRaises(AccessError):
                deed()
        with self.assertRaises(UserError):
            handover.unlink()

    def test_t4_state_is_never_set_by_the_caller(self):
        with self.assertRaises(AccessError):
            self.handover(state="done")
        handover = (
            self.env["crm.standard.handover"]
            .with_user(self.salesman)
            .with_context(default_state="done", default_ordered_by_id=self.controller.id)
            .create({"reason": "leaving"})
        )

        self.assertRecordValues(handover, [{"state": "draft", "ordered_by_id": False}])

    def test_giver_cannot_be_exchanged_for_somebody_elses_work(self):
        handover = self.handover(receivers=self.leader)

        with self.assertRaises(AccessError):
            handover.giver_id = self.colleague

    def test_leader_takes_back_only_what_he_has_handed_over(self):
        handover = self.handed_over()

        with self.assertRaises(AccessError):
            handover.with_user(self.leader).action_take_back()
