from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from .test_causes import CausesCase


class TestInvestigation(CausesCase):
    """Possible causes, the chain of "why", the drawing and the report."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls.complaint(
            suspect_ids=[
                Command.create({"cause_id": cls.cause.id, "note": "Photograph"}),
                Command.create({"name": "Heavy rain <b>", "branch": "environment"}),
            ],
            why_ids=[
                Command.create({"name": "The label was wrong", "sequence": 1}),
                Command.create({"name": "It was typed by hand", "sequence": 2}),
            ],
        )

    def test_a_possible_cause_takes_words_and_bone_from_the_catalogue(self):
        self.assertRecordValues(
            self.case.suspect_ids[0], [{"name": "Wrong label", "branch": "method"}]
        )

    def test_confirming_gives_it_the_share_not_explained_yet(self):
        self.case.cause_share_ids = [
            Command.create({"cause_id": self.other_cause.id, "share_percent": 30})
        ]

        self.case.suspect_ids[0].with_user(self.clerk).action_confirm()

        share = self.case.cause_share_ids.filtered(lambda s: s.cause_id == self.cause)
        self.assertRecordValues(
            share, [{"share_percent": 70, "user_id": self.clerk.id, "note": "Photograph"}]
        )
        self.assertEqual(self.case.suspect_ids[0].state, "confirmed")

    def test_confirming_twice_gives_no_second_share(self):
        suspect = self.case.suspect_ids[0]
        suspect.action_confirm()
        suspect.action_confirm()

        self.assertEqual(len(self.case.cause_share_ids), 1)

    def test_what_is_not_in_the_catalogue_cannot_be_confirmed(self):
        with self.assertRaisesRegex(UserError, "catalogue of causes"):
            self.case.suspect_ids[1].action_confirm()

    def test_the_drawing_shows_each_possible_cause_on_its_bone(self):
        self.case.suspect_ids[1].action_exclude()

        words = {word["text"]: word for word in self.case.ishikawa["words"]}

        self.assertEqual(words["Wrong label"]["kind"], "open")
        self.assertEqual(words["Heavy rain <b>"]["kind"], "excluded")
        self.assertIn("Environment", words)

    def test_the_8d_report_has_all_eight_parts(self):
        self.case.cause_share_ids = self.shares(100)
        actions = self.env["crm.complaint.action"].with_user(self.clerk)
        for kind in ("containment", "corrective", "preventive"):
            actions.create(
                {
                    "name": f"Step {kind}",
                    "kind": kind,
                    "complaint_ids": self.case.ids,
                    "user_id": self.clerk.id,
                }
            )

        page = self._print(self.clerk)

        for number in range(1, 9):
            self.assertIn(f"D{number}", page)
        for text in (
            "Clara Clerk",
            "Two boxes were damaged.",
            "Wrong label",
            "100",
            "It was typed by hand",
            "Step containment",
            "Step corrective",
            "Step preventive",
            "<svg",
        ):
            self.assertIn(text, page)

    def test_t6_scripts_do_not_reach_the_report(self):
        page = self._print(self.clerk)

        self.assertIn("Heavy rain &lt;b&gt;", page)
        self.assertNotIn("Heavy rain <b>", page)

    def test_t1_nobody_prints_what_he_may_not_read(self):
        with self.assertRaises(AccessError):
            self._print(self.colleague)

    def test_t21_the_report_leaves_out_actions_out_of_sight(self):
        secret = self.complaint(is_confidential=True, user_id=self.manager.id)
        self.env["crm.complaint.action"].with_user(self.manager).create(
            {
                "name": "Talk to the employee",
                "complaint_ids": (self.case | secret).ids,
                "user_id": self.manager.id,
            }
        )

        self.assertNotIn("Talk to the employee", self._print(self.clerk))
        self.assertIn("Talk to the employee", self._print(self.manager))

    def _print(self, user):
        self.env.invalidate_all()
        report = self.env["ir.actions.report"].with_user(user)
        html, _type = report._render_qweb_html(
            "crm_complaints.crm_complaint_eight_d_print", self.case.ids
        )
        return html.decode()
