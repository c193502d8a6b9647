"""What somebody who wants round the standards, or breaks them by mistake, has tried."""

from datetime import datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from .common import StandardsCase
from .register_common import RegisterCase

MONDAY = datetime(2026, 3, 2, 8)


@freeze_time(MONDAY)
class TestHostileStage(StandardsCase):
    """A setting that went wrong must not stop the deals."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.law = cls.standard(duty_ids=[])
        cls.duty = cls.env["crm.standard.stage.duty"].create(
            {
                "standard_id": cls.law.id,
                "stage_id": cls.stage_proposal.id,
                "role_id": cls.role(cls.colleague).id,
                "name": "Write the proposal",
            }
        )
        cls.policy = cls.env["crm.deadline.policy"].create(
            {"name": "A day", "term_amount": 1, "term_unit": "calendar_days"}
        )

    def test_companys_own_term_does_not_stop_a_deal_without_company(self):
        company = self.env.company
        self.policy.company_id = company
        company.standard_accept_policy_id = self.policy
        lead = self.lead(company_id=False)
        self.assertFalse(lead.company_id)

        lead.stage_id = self.stage_proposal

        self.assertEqual(lead.stage_id, self.stage_proposal)
        given = self.env["crm.standard.assignment"].search([("lead_id", "=", lead.id)])
        self.assertEqual(given.accept_policy_id, self.policy)

    def test_kinds_of_activities_that_deals_need_are_not_deleted(self):
        for name in ("assignment", "read", "approve"):
            with self.subTest(name), self.assertRaises(UserError):
                self.env.ref(f"crm_standards.mail_activity_type_{name}").unlink()


@freeze_time(MONDAY)
class TestHostileRequest(StandardsCase):
    """What is asked and proved stays what it was."""

    def test_empty_calendar_stops_nobody_from_asking(self):
        calendar = self.env["resource.calendar"].create(
            {"name": "Never", "attendance_ids": [Command.clear()]}
        )
        policy = self.env["crm.deadline.policy"].create(
            {
                "name": "8 h",
                "term_amount": 8,
                "term_unit": "working_hours",
                "calendar_id": calendar.id,
            }
        )
        law = self.standard(
            self.rule_vals(
                "enter", self.stage_qualified, ["partner_id"], decision_policy_id=policy.id
            )
        )

        with self.assertLogs(
            "odoo.addons.crm_standards.models.common.crm_standard_request", "WARNING"
        ):
            state = self.lead().action_ask_standard_override(law.rule_ids.id, "Fair")

        self.assertEqual(state["state"], "requested")

    def test_t15_nobody_is_asked_who_cannot_open_the_request(self):
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        self.colleague.write(
            {"company_ids": [Command.set(elsewhere.ids)], "company_id": elsewhere.id}
        )
        law = self.standard(
            self.asking("approval", role_id=self.role(self.leader, self.colleague).id),
            company_id=self.env.company.id,
        )
        lead = self.lead(company_id=self.env.company.id)
        asked = lead.action_request_standard_approval(law.rule_ids.id)
        approval = self.env["crm.standard.approval"].browse(asked["id"])

        self.assertEqual(approval.approver_ids, self.leader)
        with self.assertRaisesRegex(UserError, "does not work in the company"):
            approval.with_user(self.leader).action_delegate(self.colleague.id)

    def test_approval_on_fewer_facts_does_not_do_when_the_rule_asks_for_more(self):
        law = self.standard(self.asking("approval", role_id=self.role(self.leader).id))
        rule, lead = law.rule_ids, self.lead(expected_revenue=100)
        asked = lead.action_request_standard_approval(rule.id)
        approval = self.env["crm.standard.approval"].browse(asked["id"])
        approval.with_user(self.leader).action_approve()
        rule.field_ids = self.env["ir.model.fields"]._get("crm.lead", "expected_revenue")
        lead.expected_revenue = 1_000_000

        with self.assertRaises(UserError):
            lead.stage_id = self.stage_qualified

    def test_t4_done_activity_of_another_document_is_not_written_over(self):
        todo = self.env.ref("mail.mail_activity_data_todo")
        activity = (
            self.env["mail.activity"]
            .with_user(self.salesman)
            .create(
                {
                    "res_model_id": self.env["ir.model"]._get_id("res.partner"),
                    "res_id": self.salesman.partner_id.id,
                    "activity_type_id": todo.id,
                    "user_id": self.salesman.id,
                }
            )
        )
        activity.action_feedback()
        activity.write({"res_model": "crm.lead"})
        self.assertFalse(activity.standard_date_done)


class TestHostileRegister(RegisterCase):
    """What people were judged by can be shown for ever."""

    def test_t19_files_of_a_version_stay_as_they_were_approved(self):
        standard = self.approved_standard()
        draft_version, draft = self.new_version(standard)
        draft.attachment_ids = (
            self.env["ir.attachment"]
            .with_user(self.controller)
            .create({"name": "prices.txt", "raw": b"10"})
        )
        self.approve(draft_version)
        draft_version.action_put_in_force()
        file = standard.version_id.attachment_ids.with_user(self.controller)
        self.assertTrue(file)

        for deed in (
            lambda: file.write({"raw": b"99"}),
            lambda: file.write({"res_model": False, "res_id": False}),
            lambda: file.unlink(),
        ):
            with self.assertRaises(AccessError):
                deed()
        self.assertEqual(file.raw, b"10")

    def test_empty_calendar_keeps_nobody_from_being_asked_to_read(self):
        standard = self.approved_standard().sudo()
        never = {"name": "Never", "attendance_ids": [Command.clear()]}
        policy = {
            "name": "8 h",
            "term_amount": 8,
            "term_unit": "working_hours",
            "calendar_id": self.env["resource.calendar"].create(never).id,
        }
        standard.acknowledge_policy_id = self.env["crm.deadline.policy"].create(policy)
        standard.is_to_acknowledge = True

        with self.assertLogs("odoo.addons.crm_standards", "WARNING"):
            self.run_job("2026-03-02 08:00")

        asked = standard.version_id.acknowledgement_ids.user_id
        self.assertIn(self.salesman, asked)

    def test_t19_answer_to_a_comment_stands_under_the_name_of_who_wrote_it(self):
        standard = self.approved_standard()
        version, _draft = self.new_version(standard)
        version.action_send_to_review()
        comments = self.env["crm.standard.comment"].with_user(self.salesman)
        comment = comments.create({"version_id": version.id, "text": "Too strict"})
        comment.with_user(self.controller).action_accept()

        comment.with_user(self.env.ref("base.user_admin")).answer = "Nonsense"

        self.assertEqual(comment.answered_by_id, self.env.ref("base.user_admin"))

    def test_looking_for_cures_asks_the_database_once_for_all(self):
        kind = self.env["crm.standard.document.kind"].create({"name": "Contract"})
        self.standard(
            self.asking("document", document_kind_id=kind.id, strength="record"),
        )
        counts = []
        for number in (2, 6):
            leads = self.env["crm.lead"].union(*(self.lead() for _ in range(number)))
            leads.stage_id = self.stage_qualified
            violations = self.env["crm.standard.violation"].search([("lead_id", "in", leads.ids)])
            self.assertEqual(len(violations), number)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            violations._look_for_cure()
            counts.append(self.env.cr.sql_log_count - before)

        self.assertLessEqual(counts[1], counts[0])

    def test_draft_in_review_is_not_deleted_under_its_approvers(self):
        standard = self.approved_standard()
        version, draft = self.new_version(standard)
        version.action_send_to_review()

        with self.assertRaises(UserError):
            draft.with_user(self.controller).unlink()
