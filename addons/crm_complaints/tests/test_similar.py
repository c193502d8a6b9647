from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form
from odoo.tools import SQL

from .common import ComplaintsCase


class TestSimilar(ComplaintsCase):
    """Similar complaints are found while one types, under the rights of whoever types."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.known = cls.complaint(name="Espresso machine leaks water")
        cls.stranger = cls.env["res.partner"].create({"name": "Somebody Else"})

    def _found(self, complaint, user=None):
        complaint = complaint.with_user(user or self.clerk)
        complaint.invalidate_recordset(["similar"])
        return {one["id"] for one in complaint.similar or []}

    def test_the_same_customer_with_the_same_words_is_found_while_typing(self):
        with Form(self.env["crm.complaint"].with_user(self.clerk)) as form:
            form.partner_id = self.customer
            form.name = "Machine is leaking"

            self.assertIn(self.known.id, [one["id"] for one in form.similar])

    def test_the_phone_form_shows_what_is_known_as_far_as_one_may_see(self):
        for user, shown in [(self.clerk, True), (self.colleague, False)]:
            wizard = (
                self.env["crm.complaint.phone"]
                .with_user(user)
                .create({"partner_id": self.customer.id, "substance": "Espresso machine leaks"})
            )
            with self.subTest(user=user.login):
                found = [one["id"] for one in wizard.similar or []]
                self.assertEqual(self.known.id in found, shown)
        wizard = self.env["crm.complaint.phone"].with_user(self.outsider)
        self.assertNotIn("similar", wizard.fields_get())

    def test_another_customer_with_the_same_product_is_found(self):
        product = self.env["product.product"].create({"name": "Espresso Machine"})
        self.known.product_id = product
        self.known.stage_id = self.stage_closed

        complaint = self.complaint(
            partner_id=self.stranger.id, product_id=product.id, name="Leaks water: espresso machine"
        )

        self.assertIn(self.known.id, self._found(complaint))

    def test_another_trouble_of_the_same_customer_is_not_shown(self):
        complaint = self.complaint(name="Invoice too high", description=False, category_id=False)

        self.assertNotIn(self.known.id, self._found(complaint))

    def test_subjects_with_slips_of_the_pen_are_found_by_trigrams(self):
        if not self.env.registry.has_trigram:
            self.skipTest("the database has no trigrams")
        complaint = self.complaint(
            name="Espreso machnie laeks water", description=False, partner_id=self.stranger.id
        )

        found = complaint._find_candidates(complaint._get_known_case())

        self.assertIn(self.known, found)

    def test_old_ones_are_left_alone(self):
        old = self.complaint(
            name="Espresso machine leaks water",
            date_received=fields.Datetime.now() - timedelta(days=4 * 365),
        )

        self.assertNotIn(old.id, self._found(self.complaint(name="Espresso machine leaks water")))

    def test_t21_nobody_is_shown_what_he_may_not_see(self):
        foreign = self.complaint(
            name="Espresso machine leaks water",
            team_id=self.other_team.id,
            user_id=self.colleague.id,
        )
        secret = self.complaint(
            name="Espresso machine leaks water", is_confidential=True, user_id=self.manager.id
        )
        about = self.complaint(
            name="Espresso machine leaks water",
            about_user_ids=[Command.link(self.clerk.id)],
            user_id=self.manager.id,
        )
        complaint = self.complaint(name="Espresso machine leaks water")
        hidden = {foreign.id, secret.id, about.id}

        self.assertFalse(self._found(complaint) & hidden)
        self.assertEqual(self._found(complaint, self.manager) & hidden, hidden)

    def test_what_was_compared_is_not_shown_again(self):
        complaint = self.complaint(name="Espresso machine leaks water")
        self.assertIn(self.known.id, self._found(complaint))

        complaint.with_user(self.clerk).action_judge_similar(self.known.id, "different")

        self.assertNotIn(self.known.id, self._found(complaint))
        self.assertNotIn(complaint.id, self._found(self.known))
        self.assertEqual(complaint.link_ids.kind, "different")

    def test_the_same_case_opens_the_form_to_merge(self):
        complaint = self.complaint(name="Espresso machine leaks water")

        action = complaint.with_user(self.clerk).action_judge_similar(self.known.id, "duplicate")

        self.assertEqual(action["res_model"], "crm.complaint.merge.wizard")

    def test_the_same_case_of_an_ended_one_is_linked(self):
        self.known.stage_id = self.stage_closed
        complaint = self.complaint(name="Espresso machine leaks water")

        self.assertFalse(
            complaint.with_user(self.clerk).action_judge_similar(self.known.id, "duplicate")
        )

        self.assertEqual(complaint.link_ids.kind, "duplicate")

    def test_t5_garbage_is_refused(self):
        complaint = self.complaint().with_user(self.clerk)
        for other_id, verdict in [(self.known.id, "x"), ("1", "repeat"), (None, "repeat")]:
            with self.subTest(other_id=other_id, verdict=verdict), self.assertRaises(UserError):
                complaint.action_judge_similar(other_id, verdict)
        with self.assertRaises(UserError):
            complaint.action_judge_similar(2**31 - 1, "repeat")

    def test_t14_a_verdict_needs_the_right_to_both(self):
        foreign = self.complaint(team_id=self.other_team.id, user_id=self.colleague.id)
        mine = self.complaint()

        with self.assertRaises(AccessError):
            mine.with_user(self.clerk).action_judge_similar(foreign.id, "repeat")
        with self.assertRaises(AccessError):
            foreign.with_user(self.clerk).action_judge_similar(mine.id, "repeat")

    def test_t8_signs_of_query_languages_in_the_words_do_no_harm(self):
        complaint = self.complaint(
            partner_id=self.stranger.id,
            description=False,
            name="'); DROP TABLE x; -- & | ! :* <-> %s %(a)s \\ ñ ё 漢字",
        )

        self.assertFalse(complaint.with_user(self.clerk)._find_similar())

    def test_the_words_are_found_by_an_index(self):
        asked = SQL("to_tsquery('simple', %s)", "leaks:*")
        self.env.flush_all()
        self.env.cr.execute("SET LOCAL enable_seqscan = off")

        plan = self.env.execute_query(
            SQL(
                "EXPLAIN SELECT id FROM crm_complaint WHERE %s @@ %s", self.known._text_sql(), asked
            )
        )

        self.assertIn("crm_complaint_text_index", str(plan))
