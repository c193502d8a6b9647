from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command, Datetime
from odoo.tests import Form, freeze_time

from .common import StandardsCase

LATER = Datetime.to_datetime("2030-05-04 10:00:00")


class TestVersion(StandardsCase):
    """What applies is at any moment a version, and what was approved changes by a version only."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.vals = cls.rule_vals("enter", cls.stage_qualified, ["partner_id"], name="Know him")

    def approved_standard(self, approvers=None):
        """Return a standard in force that the leader (or others) approved."""
        standard = (
            self.env["crm.standard"]
            .create(
                {
                    "name": "House rules",
                    "code": "ST-9",
                    "description": "<p>Answer within a day</p>",
                    "user_id": self.controller.id,
                    "team_ids": [Command.set(self.team.ids)],
                    "rule_ids": [Command.create(self.vals)],
                    "approver_ids": [Command.set((approvers or self.leader).ids)],
                }
            )
            .with_user(self.controller)
        )
        standard.action_send_to_review()
        for approver in approvers or self.leader:
            standard.open_version_id.with_user(approver).action_approve()
        standard.open_version_id.action_put_in_force()
        return standard

    def new_version(self, standard):
        """Return the next version of a standard and the draft in which it is written."""
        standard.action_new_version()
        return standard.open_version_id, standard.open_version_id.document_id

    def approve(self, version, approver=None):
        version.action_send_to_review()
        version.with_user(approver or self.leader).action_approve()

    def at(self, moment):
        """Let the work that follows happen at a moment."""
        return patch.object(self.env.cr, "now", lambda: Datetime.to_datetime(moment))

    def run_job(self, moment):
        """Run the scheduled job as it would run at a moment."""
        with freeze_time(moment), self.enter_registry_test_mode():
            self.env.ref("crm_standards.crm_standard_version_cron").method_direct_trigger()
        self.env.invalidate_all()

    # ---- without approval -----------------------------------------------------------------

    def test_standard_put_in_force_has_version_one(self):
        standard = self.standard(self.vals)

        self.assertRecordValues(standard.version_id, [{"number": 1, "state": "in_force"}])

    def test_each_change_of_meaning_makes_a_version(self):
        standard = self.standard(self.vals)
        first = standard.version_id

        standard.rule_ids.with_user(self.controller).strength = "advise"

        self.assertRecordValues(
            standard.version_id, [{"number": 2, "user_id": self.controller.id, "state": "in_force"}]
        )
        self.assertEqual(first.state, "superseded")
        self.assertIn("Strength", standard.version_id.changes)

    def test_one_save_of_the_form_makes_one_version(self):
        standard = self.standard(self.vals)

        with Form(standard.with_user(self.controller)) as form:
            form.name = "Other name"
            with form.rule_ids.new() as line:
                line.name = "One more"
                line.stage_ids.add(self.stage_proposal)
                line.field_ids.add(self.env["ir.model.fields"]._get("crm.lead", "email_from"))

        self.assertEqual(standard.version_id.number, 2)

    def test_change_without_meaning_makes_no_version(self):
        standard = self.standard(self.vals)

        standard.write({"user_id": self.leader.id, "sequence": 3})
        standard.rule_ids.sequence = 7

        self.assertEqual(standard.version_id.number, 1)

    def test_retired_standard_has_no_version_in_force(self):
        standard = self.standard(self.vals)
        version = standard.version_id

        standard.action_retire()

        self.assertFalse(standard.version_id)
        self.assertEqual(version.state, "withdrawn")
        self.assertTrue(version.date_end)

    def test_archived_standard_has_no_version_in_force(self):
        standard = self.standard(self.vals)

        standard.active = False

        self.assertFalse(standard.version_id)

    def test_version_of_any_past_moment_is_found(self):
        with self.at("2026-03-02 09:00:00"):
            standard = self.standard(self.vals)
        with self.at("2026-04-02 09:00:00"):
            standard.rule_ids.strength = "record"
        with self.at("2026-05-02 09:00:00"):
            standard.action_retire()

        found = [
            standard._get_version_at(Datetime.to_datetime(f"2026-{month}-15 00:00:00")).number
            for month in ("02", "03", "04", "06")
        ]

        self.assertEqual(found, [0, 1, 2, 0])

    def test_version_says_what_it_said_when_the_words_have_changed(self):
        standard = self.standard(self.vals)
        version = standard.version_id

        self.stage_qualified.name = "Renamed"
        standard.rule_ids.name = "Another rule"

        self.assertIn("Know him", version.document)
        self.assertIn("Qualified (S)", version.document)
        self.assertNotIn("Renamed", version.document)

    # ---- with approval ---------------------------------------------------------------------

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

    def test_version_comes_into_force_on_its_day(self):
        standard = self.approved_standard()
        version, draft = self.new_version(standard)
        version.date_from = "2030-05-04"
        draft.name = "From May on"
        self.approve(version)
        with self.assertRaisesRegex(UserError, "by itself"):
            version.action_put_in_force()

        self.run_job("2030-05-03 10:00:00")
        self.assertEqual(version.state, "approved")
        self.run_job("2030-05-04 10:00:00")

        self.assertRecordValues(version, [{"state": "in_force", "date_in_force": LATER}])
        self.assertEqual(standard.name, "From May on")

    def test_version_that_cannot_come_into_force_is_on_the_health_page(self):
        standard = self.approved_standard()
        version, draft = self.new_version(standard)
        version.date_from = "2026-01-01"
        draft.name = "Broken"
        self.approve(version)
        version.sudo()._sealed_write({"digest": "tampered"})

        with self.assertLogs("odoo.addons.crm_standards", "WARNING"):
            self.run_job("2030-05-04 10:00:00")

        texts = [p.text for p in self.env["crm.standard.health"]._find_problems()]
        self.assertTrue([text for text in texts if "Put it in force by hand" in text])

    def test_standard_in_force_without_a_version_is_on_the_health_page_and_gets_one(self):
        standard = self.standard(self.vals)
        standard._write_system({"version_id": False})
        standard.version_ids._sealed_write({"state": "withdrawn"})
        texts = [p.text for p in self.env["crm.standard.health"]._find_problems()]
        self.assertTrue([text for text in texts if "without a version" in text])

        standard._follow_versions()

        self.assertEqual(standard.version_id.state, "in_force")

    def test_standard_whose_last_day_has_passed_is_on_the_health_page(self):
        self.standard(self.vals, date_to="2020-01-01")

        texts = [p.text for p in self.env["crm.standard.health"]._find_problems()]

        self.assertTrue([text for text in texts if "its last day" in text])

    def test_attachments_are_kept_as_they_were(self):
        standard = self.standard(self.vals)
        files = self.env["ir.attachment"].with_user(self.controller)
        file = files.create({"name": "Prices.txt", "raw": b"1 apple: 1"})
        standard.with_user(self.controller).attachment_ids = file
        version = standard.version_id

        file.sudo().raw = b"1 apple: 2"

        self.assertEqual(version.attachment_ids.raw, b"1 apple: 1")
        self.assertEqual(
            version.with_user(self.salesman).attachment_ids.mapped("name"), ["Prices.txt"]
        )

    # ---- sealed, kept apart ----------------------------------------------------------------

    def test_t19_versions_and_approvals_cannot_be_edited_by_anybody(self):
        version = self.approved_standard().version_id

        for record in (version, version.approval_ids):
            for values in ({"digest": "x"}, {"company_id": 1}, {"round": 7}):
                with self.subTest(record=record._name), self.assertRaises(AccessError):
                    record.sudo().write(values)
            with self.assertRaises(AccessError):
                record.sudo().unlink()
            with self.assertRaises(AccessError):
                record.sudo().create({})

    def test_t4_system_fields_are_not_set_by_callers(self):
        standard, other = self.standard(self.vals), self.standard(self.vals, name="Other")

        standard.with_user(self.controller).write(
            {"version_id": other.version_id.id, "live_id": other.id}
        )
        standard.rule_ids.with_user(self.controller).write({"source_key": other.rule_ids.id})

        self.assertEqual(standard.version_id.standard_id, standard)
        self.assertFalse(standard.live_id)
        self.assertFalse(standard.rule_ids.source_key)

    def test_t6_text_of_a_version_is_cleaned(self):
        standard = self.standard(
            self.vals, description="<p onclick='x()'>Hi<script>alert(1)</script></p>"
        )

        self.assertNotIn("script", standard.version_id.document)
        self.assertNotIn("onclick", standard.version_id.document)

    def test_t6_names_are_escaped_in_the_document(self):
        standard = self.standard({**self.vals, "name": "<img src=x onerror=alert(1)>"})

        self.assertNotIn("<img", standard.version_id.document)

    def test_t21_drafts_are_hidden_until_they_are_in_review(self):
        standard = self.approved_standard()
        version, draft = self.new_version(standard)
        for record in (version, draft, draft.rule_ids):
            self.assertFalse(record.with_user(self.salesman).has_access("read"))

        version.action_send_to_review()

        for record in (version, draft, draft.rule_ids):
            self.assertTrue(record.with_user(self.salesman).has_access("read"))

    def test_t15_versions_of_another_company_are_out_of_reach(self):
        company = self.env["res.company"].create({"name": "Other company"})
        standard = self.standard(self.vals, company_id=company.id, team_ids=[])

        self.assertFalse(standard.version_id.with_user(self.controller).has_access("read"))

    def test_t14_employee_does_not_move_versions(self):
        version, _draft = self.new_version(self.approved_standard())
        version.action_send_to_review()

        for deed in (
            "action_send_to_review",
            "action_back_to_draft",
            "action_put_in_force",
            "action_discard",
        ):
            with self.subTest(deed), self.assertRaises(AccessError):
                getattr(version.with_user(self.salesman), deed)()
        for deed in ("action_new_version", "action_send_to_review"):
            with self.subTest(deed), self.assertRaises(AccessError):
                getattr(version.standard_id.with_user(self.salesman), deed)()

    def test_t18_two_versions_never_are_in_work_at_once(self):
        standard = self.approved_standard()
        first, _draft = self.new_version(standard)

        again, _draft = self.new_version(standard)

        self.assertEqual(first, again)

    # ---- paper -----------------------------------------------------------------------------

    def test_print_says_everything_a_signature_needs(self):
        version = self.approved_standard().version_id

        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "crm_standards.crm_standard_version_report", version.ids
        )

        for text in ("ST-9", "House rules", "Know him", "Lea Leader", "Signature", version.digest):
            with self.subTest(text):
                self.assertIn(text, html.decode())

    def test_employee_prints_what_is_in_force(self):
        standard = self.approved_standard().with_user(self.salesman)

        action = standard.action_print()

        self.assertEqual(action["report_name"], "crm_standards.crm_standard_version_print")

    def test_standard_without_any_version_is_not_printed(self):
        standard = self.env["crm.standard"].create({"name": "Nothing yet"})

        with self.assertRaisesRegex(UserError, "no version to print"):
            standard.action_print()
