from unittest.mock import patch

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command, Datetime

from .register_common import RegisterCase


class TestVersionReview(RegisterCase):
    """What was approved changes by a new version only, which its approvers approve."""

    def test_unapproved_standard_does_not_come_into_force(self):
        standard = self.env["crm.standard"].create(
            {"name": "Mine", "approver_ids": [Command.set(self.leader.ids)]}
        )

        with self.assertRaisesRegex(UserError, "send it to review"):
            standard.with_user(self.controller).action_put_in_force()

    def test_standard_is_not_born_in_force_without_its_approval(self):
        with self.assertRaisesRegex(UserError, "send it to review"):
            self.env["crm.standard"].with_user(self.controller).create(
                {
                    "name": "Mine",
                    "state": "in_force",
                    "approver_ids": [Command.set(self.leader.ids)],
                }
            )

    def test_all_approvers_must_approve(self):
        standard = (
            self.env["crm.standard"]
            .create(
                {"name": "Mine", "approver_ids": [Command.set((self.leader + self.colleague).ids)]}
            )
            .with_user(self.controller)
        )
        standard.action_send_to_review()
        version = standard.open_version_id

        version.with_user(self.leader).action_approve()
        self.assertEqual(version.state, "review")
        version.with_user(self.colleague).action_approve()
        self.assertEqual(version.state, "approved")

    def test_nobody_approves_who_was_not_asked(self):
        standard = self.approved_standard()
        version, _draft = self.new_version(standard)
        version.action_send_to_review()

        for user in (self.controller, self.salesman):
            with self.subTest(user.login), self.assertRaisesRegex(UserError, "does not wait"):
                version.with_user(user).action_approve()

    def test_author_does_not_approve_in_the_name_of_the_absent(self):
        standard = self.approved_standard()
        version, _draft = self.new_version(standard)
        version.action_send_to_review()

        stand_in = patch.object(
            self.env.registry["res.users"], "_deadline_stand_in", lambda _u, *_a: self.controller
        )
        with stand_in, self.assertRaisesRegex(UserError, "does not wait"):
            version.action_approve()

    def test_who_stands_in_decides_and_is_named(self):
        standard = self.approved_standard()
        version, _draft = self.new_version(standard)
        version.action_send_to_review()

        with patch.object(
            self.env.registry["res.users"], "_deadline_stand_in", lambda _u, *_a: self.colleague
        ):
            version.with_user(self.colleague).action_approve()

        self.assertRecordValues(
            version.approval_ids,
            [
                {
                    "user_id": self.leader.id,
                    "decided_by_id": self.colleague.id,
                    "digest": version.digest,
                }
            ],
        )

    def test_approved_standard_changes_by_a_version_only(self):
        standard = self.approved_standard()
        field = self.env["ir.model.fields"]._get("crm.lead", "phone")
        spare = self.standard(self.vals, name="Spare").rule_ids

        for name, deed in {
            "text": lambda: standard.write({"description": "<p>x</p>"}),
            "team": lambda: standard.write({"team_ids": [Command.clear()]}),
            "approvers": lambda: standard.write({"approver_ids": [Command.clear()]}),
            "rule": lambda: standard.rule_ids.write({"strength": "advise"}),
            "field of a rule": lambda: standard.rule_ids.write({"field_ids": [field.id]}),
            "archived rule": lambda: standard.rule_ids.write({"active": False}),
            "deleted rule": lambda: standard.rule_ids.unlink(),
            "new rule": lambda: (
                self.env["crm.standard.rule"]
                .with_user(self.controller)
                .create({**self.vals, "standard_id": standard.id})
            ),
            "rule of another": lambda: spare.write({"standard_id": standard.id}),
            "in sudo": lambda: standard.sudo().write({"name": "x"}),
            "out of force": lambda: standard.write({"state": "draft", "name": "x"}),
        }.items():
            with (
                self.subTest(name),
                self.assertRaisesRegex(UserError, "Make a new version"),
                self.env.cr.savepoint(),
            ):
                deed()

    def test_law_applies_while_the_next_version_is_written(self):
        standard = self.approved_standard()
        version, draft = self.new_version(standard)

        draft.rule_ids.strength = "advise"

        self.assertEqual((version.state, draft.live_id), ("draft", standard))
        with self.assertRaises(ValidationError):
            self.lead().stage_id = self.stage_qualified

    def test_new_version_changes_the_law_and_keeps_its_rules(self):
        standard = self.approved_standard()
        rule = standard.rule_ids
        version, draft = self.new_version(standard)
        draft.description = "<p>Answer within an hour</p>"
        draft.rule_ids.strength = "advise"
        self.env["crm.standard.rule"].create(
            {**self.vals, "name": "New one", "standard_id": draft.id}
        )
        self.approve(version)

        version.action_put_in_force()

        self.assertEqual(standard.version_id, version)
        self.assertIn("hour", standard.description)
        self.assertEqual(standard.rule_ids.mapped("name"), ["Know him", "New one"])
        self.assertEqual(standard.rule_ids[0], rule)
        self.assertEqual(rule.strength, "advise")
        self.assertFalse(draft.exists())

    def test_rule_that_stays_the_same_goes_on_undisturbed(self):
        with self.at("2026-03-02 09:00:00"):
            standard = self.approved_standard()
        version, draft = self.new_version(standard)
        draft.description = "<p>New words</p>"
        self.approve(version)

        with self.at("2026-04-02 09:00:00"):
            version.action_put_in_force()

        self.assertEqual(standard.rule_ids.date_in_force, Datetime.to_datetime("2026-03-02 09:00"))

    def test_rule_dropped_in_the_draft_applies_no_more(self):
        standard = self.approved_standard()
        version, draft = self.new_version(standard)
        draft.rule_ids.unlink()
        self.approve(version)

        version.action_put_in_force()

        self.lead().stage_id = self.stage_qualified
        self.assertFalse(standard.rule_ids)
        self.assertIn("Dropped", version.changes)

    def test_translations_come_over_with_the_draft(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        standard = self.approved_standard()
        version, draft = self.new_version(standard)
        draft.rule_ids.with_context(lang="fr_FR").name = "Connais-le"
        self.approve(version)

        version.action_put_in_force()

        self.assertEqual(standard.rule_ids.with_context(lang="fr_FR").name, "Connais-le")
        self.assertEqual(standard.rule_ids.name, "Know him")

    def test_text_in_review_cannot_be_changed(self):
        standard = self.approved_standard()
        version, draft = self.new_version(standard)
        version.action_send_to_review()

        with self.assertRaisesRegex(UserError, "Take it back to draft"):
            draft.name = "Another"

    def test_taking_back_asks_the_approvers_anew(self):
        standard = self.approved_standard()
        version, draft = self.new_version(standard)
        self.approve(version)

        version.action_back_to_draft()
        draft.name = "Another"
        version.action_send_to_review()

        with self.assertRaisesRegex(UserError, "send it to review|all of"):
            version.action_put_in_force()

    def test_refusal_sends_the_version_back_with_its_reason(self):
        standard = self.approved_standard()
        version, _draft = self.new_version(standard)
        version.action_send_to_review()
        refusal = self.env["crm.standard.version.refusal"].with_user(self.leader)

        refusal.create({"version_id": version.id, "reason": "Too strict"}).action_refuse()

        self.assertEqual(version.state, "draft")
        self.assertEqual(version.approval_ids.reason, "Too strict")
        self.assertIn(
            "Too strict",
            version.activity_ids.filtered(lambda a: a.user_id == self.controller).summary,
        )

    def test_refusal_leads_on_who_may_read_the_draft_no_more(self):
        version, _draft = self.new_version(self.approved_standard())
        version.action_send_to_review()
        refusal = self.env["crm.standard.version.refusal"].with_user(self.leader)

        action = refusal.create({"version_id": version.id, "reason": "No"}).action_refuse()

        self.assertFalse(version.with_user(self.leader).has_access("read"))
        self.assertEqual(action["res_model"], "crm.standard.version")
        self.assertNotIn("res_id", {name for name, value in action.items() if value})

    def test_writer_reads_of_the_refusal_in_his_own_language(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self.controller.lang = "ru_RU"
        version, _draft = self.new_version(self.approved_standard())
        version.action_send_to_review()
        refusal = self.env["crm.standard.version.refusal"].with_user(self.leader)

        refusal.create({"version_id": version.id, "reason": "No"}).action_refuse()

        told = version.activity_ids.filtered(lambda a: a.user_id == self.controller)
        self.assertEqual(told.summary, "Отказано: No")

    def test_draft_that_names_no_approver_still_needs_the_old_ones(self):
        standard = self.approved_standard()
        version, draft = self.new_version(standard)
        draft.approver_ids = [Command.clear()]

        with self.assertRaisesRegex(UserError, "send it to review|new version"):
            version.action_put_in_force()
        version.action_send_to_review()

        self.assertEqual(version.approval_ids.user_id, self.leader)

    def test_approvers_cannot_be_dropped_after_a_refusal(self):
        standard = (
            self.env["crm.standard"]
            .create({"name": "Mine", "approver_ids": [Command.set(self.leader.ids)]})
            .with_user(self.controller)
        )
        standard.action_send_to_review()
        standard.open_version_id.with_user(self.leader)._decide("refused", "No")

        standard.approver_ids = [Command.clear()]

        with self.assertRaisesRegex(UserError, "send it to review"):
            standard.action_put_in_force()

    def test_draft_itself_is_never_put_in_force(self):
        standard = self.approved_standard()
        _version, draft = self.new_version(standard)

        with self.assertRaisesRegex(UserError, "draft of a new version"):
            draft.action_put_in_force()

    def test_approved_standard_comes_back_into_force_as_it_was(self):
        standard = self.approved_standard()
        standard.action_retire()

        standard.action_put_in_force()

        self.assertRecordValues(standard.version_id, [{"number": 2, "state": "in_force"}])

    def test_discarded_version_leaves_the_law_alone(self):
        standard = self.approved_standard()
        version, draft = self.new_version(standard)

        version.action_discard()

        self.assertEqual((version.state, standard.version_id.number), ("withdrawn", 1))
        self.assertFalse(draft.exists())

    def test_law_beside_an_open_draft_is_not_edited(self):
        standard = self.standard(self.vals)
        standard.action_new_version()

        with self.assertRaisesRegex(UserError, "is being written"):
            standard.rule_ids.strength = "advise"
