from odoo.exceptions import UserError
from odoo.fields import Command

from .register_common import RegisterCase


class TestNamed(RegisterCase):
    """What rules name is part of what a standard says: checklists, documents, terms, roles."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan = cls.env["mail.activity.plan"].create(
            {
                "name": "Getting started",
                "company_id": False,
                "res_model": "crm.lead",
                "template_ids": [
                    Command.create({"summary": "Call them", "responsible_type": "on_demand"}),
                    Command.create(
                        {
                            "summary": "Visit them",
                            "responsible_type": "other",
                            "responsible_id": cls.colleague.id,
                        }
                    ),
                ],
            }
        )
        cls.step = cls.plan.template_ids[0]
        cls.kind = cls.env["crm.standard.document.kind"].create(
            {"name": "Contract", "name_pattern": "*contract*"}
        )
        cls.term = cls.env["crm.deadline.policy"].create(
            {"name": "Decide", "term_amount": 2, "term_unit": "working_hours"}
        )
        cls.director = cls.role(cls.leader)
        cls.ticked = cls.asking("checklist", plan_id=cls.plan.id)
        cls.filed = cls.asking("document", document_kind_id=cls.kind.id)
        cls.agreed = cls.asking(
            "approval", role_id=cls.director.id, decision_policy_id=cls.term.id, fields=["name"]
        )

    def approved(self, vals):
        self.vals = vals
        return self.approved_standard()

    def test_change_of_a_checklist_in_use_makes_a_version(self):
        standard = self.standard(self.ticked)
        first = standard.version_id

        self.step.with_user(self.controller).sudo().summary = "Write to them"

        self.assertRecordValues(
            standard.version_id, [{"number": 2, "user_id": self.controller.id, "state": "in_force"}]
        )
        self.assertEqual(first.state, "superseded")

    def test_new_step_makes_a_version(self):
        standard = self.standard(self.ticked)

        self.env["mail.activity.plan.template"].create(
            {"plan_id": self.plan.id, "summary": "Send flowers"}
        )

        self.assertEqual(standard.version_id.number, 2)

    def test_removed_step_makes_a_version(self):
        standard = self.standard(self.ticked)

        self.step.unlink()

        self.assertEqual(standard.version_id.number, 2)

    def test_sealed_version_keeps_the_steps_as_they_were(self):
        first = self.standard(self.ticked).version_id

        self.plan.template_ids[1].write(
            {"summary": "Invite them", "responsible_id": self.salesman.id}
        )

        self.assertIn("2. Visit them · To-Do · Cora Colleague", first.document)
        self.assertNotIn("Invite them", first.document)

    def test_version_tells_what_changed_in_a_checklist(self):
        standard = self.standard(self.ticked)

        self.step.summary = "Write to them"

        (change,) = standard.version_id._get_changes()
        self.assertEqual(change["what"], "Getting started")
        self.assertIn("1. Call them", change["old"])
        self.assertIn("1. Write to them", change["new"])

    def test_change_of_a_checklist_of_an_approved_standard_is_refused(self):
        self.approved(self.ticked)

        with self.assertRaisesRegex(UserError, "copy it"):
            self.step.summary = "Do nothing"

    def test_step_of_an_approved_standard_is_not_removed(self):
        self.approved(self.ticked)

        with self.assertRaisesRegex(UserError, "approved as it is"):
            self.step.unlink()

    def test_checklist_is_not_changed_while_it_is_reviewed(self):
        self.env["crm.standard"].create(
            {
                "name": "House rules",
                "user_id": self.controller.id,
                "rule_ids": [Command.create(self.ticked)],
                "approver_ids": [Command.set(self.leader.ids)],
            }
        ).action_send_to_review()

        with self.assertRaisesRegex(UserError, "in review"):
            self.plan.write({"template_ids": [Command.update(self.step.id, {"summary": "Rest"})]})

    def test_deals_are_not_judged_by_steps_added_later(self):
        with self.at("2026-03-02 09:00:00"):
            rule = self.standard(self.ticked).rule_ids
        with self.at("2026-04-02 09:00:00"):
            self.step.summary = "Write to them"

        self.assertEqual(str(rule.date_in_force), "2026-04-02 09:00:00")

    def test_checklist_no_standard_asks_for_changes_freely(self):
        standard = self.approved(self.filed)

        self.step.summary = "Write to them"

        self.assertEqual(standard.version_id.number, 1)

    def test_kind_of_document_of_an_approved_standard_stays(self):
        self.approved(self.filed)

        with self.assertRaisesRegex(UserError, "approved as it is"):
            self.kind.name_pattern = "*paper*"

    def test_change_of_a_kind_of_document_makes_a_version(self):
        standard = self.standard(self.filed)
        first = standard.version_id

        self.kind.mimetype = "pdf"

        self.assertIn("Only files of type: PDF", standard.version_id.document)
        self.assertIn("*contract*", first.document)
        self.assertNotIn("PDF", first.document)

    def test_term_of_an_approved_standard_stays(self):
        self.approved(self.agreed)

        with self.assertRaisesRegex(UserError, "approved as it is"):
            self.term.term_amount = 200

    def test_change_of_a_term_makes_a_version(self):
        standard = self.standard(self.agreed)
        first = standard.version_id

        self.term.term_amount = 5

        self.assertIn("2 working hours", first.document)
        self.assertIn("5 working hours", standard.version_id.document)

    def test_people_of_a_role_change_without_a_version(self):
        standard = self.approved(self.agreed)

        self.director.user_ids = [Command.set(self.colleague.ids)]

        self.assertEqual(standard.version_id.number, 1)
        self.assertIn(("Sales director", "Lea Leader"), self.named(standard.version_id))

    def test_who_fills_a_role_of_an_approved_standard_stays(self):
        self.approved(self.agreed)

        with self.assertRaisesRegex(UserError, "approved as it is"):
            self.director.kind = "responsible"

    def test_version_of_an_older_release_needs_no_new_one(self):
        standard = self.approved(self.ticked)
        version = standard.version_id
        content = {name: value for name, value in version.content.items() if name != "named"}
        version._sealed_write({"content": content, "digest": False})

        standard.description = standard.description
        standard._follow_versions()

        self.assertEqual(standard.version_id, version)

    def named(self, version):
        """Return titles and texts of what a version's parts name."""
        return [(line["title"], line["text"]) for line in version._get_words()["named"]]
