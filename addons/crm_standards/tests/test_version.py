from odoo.exceptions import AccessError, UserError
from odoo.fields import Datetime
from odoo.tests import Form

from .register_common import RegisterCase

LATER = Datetime.to_datetime("2030-05-04 10:00:00")


class TestVersion(RegisterCase):
    """What applies is at any moment a version, sealed and found again years later."""

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

    def test_who_assesses_and_how_is_part_of_what_everybody_reads(self):
        standard = self.standard(self.vals, assessor_id=self.leader.id)

        standard.assessment = "Ten letters of each are read every month."

        document = standard.version_id.with_user(self.salesman).document
        self.assertIn("Lea Leader", document)
        self.assertIn("Ten letters", document)
        self.assertEqual(standard.version_id.number, 2)

    def test_draft_nobody_has_to_approve_is_put_in_force(self):
        standard = self.standard(self.vals)
        version, draft = self.new_version(standard)
        draft.name = "New name"

        version.with_user(self.controller).action_put_in_force()

        self.assertRecordValues(version, [{"state": "in_force", "number": 2}])
        self.assertRecordValues(standard, [{"name": "New name", "version_id": version.id}])

    # ---- on its day, and when something is broken ---------------------------------------------

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
