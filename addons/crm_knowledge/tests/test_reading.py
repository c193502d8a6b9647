from datetime import date, timedelta

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import freeze_time

from .common import KnowledgeCase


@freeze_time("2026-03-02 09:00:00")
class TestReading(KnowledgeCase):
    """Regulations are read and confirmed, each version by each employee it is for."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.readings = cls.env["crm.knowledge.reading"]
        cls.regulation = cls.article(
            is_to_confirm=True,
            confirm_user_ids=[Command.set((cls.reader | cls.member).ids)],
            confirm_days=5,
        )
        cls.regulation._publish()
        cls.readings._settle(cls.regulation)

    def _requests(self, user=None):
        domain = [("article_id", "=", self.regulation.id), ("state", "!=", "cancelled")]
        if user:
            domain.append(("user_id", "=", user.id))
        return self.readings.search(domain)

    def _confirm(self, user, version=1, answers=None):
        return self.regulation.with_user(user).confirm_reading(version, answers)

    def _next_version(self):
        self.regulation.body = "<p>Send it back within 30 days.</p>"
        self.readings._settle(self.regulation)

    def test_everybody_chosen_is_asked_once_with_a_task(self):
        self.readings._settle(self.regulation)

        requests = self._requests()
        self.assertEqual(requests.user_id, self.reader | self.member)
        self.assertEqual(len(requests), 2)
        self.assertEqual(set(requests.mapped("date_due")), {date(2026, 3, 7)})
        self.assertEqual(requests.activity_ids.user_id, self.reader | self.member)

    def test_a_confirmation_proves_who_read_which_text_when(self):
        self.assertEqual(self._confirm(self.reader), [])

        reading = self._requests(self.reader)
        self.assertRecordValues(
            reading,
            [{"state": "confirmed", "digest": self.regulation.version_ids.digest}],
        )
        self.assertTrue(reading.date_confirmed)
        self.assertFalse(reading.activity_ids)
        self.assertEqual(self._requests(self.member).state, "asked")

    def test_a_version_that_is_gone_is_not_confirmed(self):
        self._next_version()

        with self.assertRaisesRegex(UserError, "has changed while you were reading"):
            self._confirm(self.reader, version=1)

    def test_each_version_is_read_anew_and_old_proofs_stay(self):
        self._confirm(self.reader)

        self._next_version()

        own = self._requests(self.reader)
        self.assertEqual(own.mapped("state"), ["asked", "confirmed"])
        self.assertEqual(own.version_id.mapped("number"), [2, 1])
        self.assertEqual(self._requests(self.member).version_id.number, 2)

    def test_a_change_that_does_not_matter_spares_who_has_confirmed(self):
        self._confirm(self.reader)
        self._next_version()

        self.regulation.with_user(self.reviewer).action_waive_reading()
        self.readings._settle(self.regulation)

        self.assertEqual(self._requests(self.reader).mapped("state"), ["confirmed"])
        self.assertEqual(self._requests(self.member).mapped("state"), ["asked"])
        self.assertIn("need not read it again", self.regulation.message_ids[:1].body)

    def test_nobody_is_spared_what_nobody_has_confirmed(self):
        with self.assertRaisesRegex(UserError, "nothing to spare"):
            self.regulation.with_user(self.reviewer).action_waive_reading()

    def test_readers_do_not_decide_what_matters(self):
        with self.assertRaisesRegex(UserError, "not for you to decide"):
            self.regulation.with_user(self.reader).action_waive_reading()

    def test_whoever_is_chosen_no_more_is_released(self):
        self.regulation.confirm_user_ids = self.reader

        self.readings._settle(self.regulation)

        self.assertEqual(self._requests().user_id, self.reader)

    def test_whoever_may_not_read_is_not_asked(self):
        self.regulation.write({"category_id": self.secret.id})

        self.readings._settle(self.regulation)

        self.assertEqual(self._requests().user_id, self.member)

    def test_nobody_chosen_means_everybody_who_reads(self):
        self.regulation.write({"category_id": self.vault.id, "confirm_user_ids": False})

        self.readings._settle(self.regulation)

        self.assertEqual(self._requests().user_id, self.leader)

    def test_those_an_article_is_for_are_those_who_may_read_it(self):
        people = self.reader | self.author | self.editor | self.manager | self.member | self.leader
        articles = [
            self.article(published=True, **values)
            for values in (
                {},
                {"category_id": self.secret_part.id},
                {"category_id": self.vault_part.id},
                {"access": "limited", "reader_team_ids": self.team.ids},
                {"access": "confidential", "reader_user_ids": self.reader.ids},
            )
        ]
        for article in articles:
            with self.subTest(category=article.category_id.name, access=article.access):
                found = self.env["res.users"].search(article._get_reader_domain()) & people
                self.assertEqual(found, found & article._filter_readers(people))
                self.assertFalse(article._filter_readers(people - found))

    def test_who_is_late_is_reminded_once_a_week(self):
        late = self._requests(self.reader)
        sent = self.env["mail.message"].search_count
        told = [("partner_ids", "in", self.reader.partner_id.ids), ("subject", "like", "Please")]

        for day, expected in ((7, 0), (8, 1), (9, 1), (15, 2)):
            with self.subTest(day=day), freeze_time(date(2026, 3, day)):
                self.assertEqual(late.is_late, day > 7)
                for request in self.readings._find_late() & late:
                    request._remind()
                self.assertEqual(sent(told), expected)
                late.invalidate_recordset()

    def test_a_check_stands_before_the_confirmation(self):
        question = self.env["crm.knowledge.question"].create(
            {
                "article_id": self.regulation.id,
                "name": "How many days?",
                "choice_ids": [
                    Command.create({"name": "14", "is_right": True}),
                    Command.create({"name": "30"}),
                ],
            }
        )
        right, wrong = question.choice_ids

        self.assertEqual(self._confirm(self.reader), question.ids)
        answers = {str(question.id): wrong.ids}
        self.assertEqual(self._confirm(self.reader, answers=answers), question.ids)
        self.assertEqual(self._requests(self.reader).state, "asked")
        answers = {str(question.id): right.ids}
        self.assertEqual(self._confirm(self.reader, answers=answers), [])
        self.assertEqual(self._requests(self.reader).state, "confirmed")
        with self.assertRaises(AccessError):
            right.with_user(self.reader).read(["is_right"])

    def test_what_somebody_knew_then_can_be_looked_up(self):
        self._confirm(self.reader)
        now = self.env.cr.now()

        version = self.readings._get_known_version(self.regulation, self.reader, now)
        before = self.readings._get_known_version(
            self.regulation, self.reader, now - timedelta(days=1)
        )

        self.assertEqual((version.number, bool(before)), (1, False))

    def test_which_version_was_in_force_then_can_be_looked_up(self):
        versions = self.env["crm.knowledge.article.version"]
        began = self.regulation.version_ids.date

        then = versions._get_in_force(self.regulation, began)
        before = versions._get_in_force(self.regulation, began - timedelta(seconds=1))

        self.assertEqual((then.number, bool(before)), (1, False))

    def test_t5_garbage_is_no_confirmation(self):
        for version in ("x", None, [], -1, 10**30):
            with self.subTest(version=version), self.assertRaises(UserError):
                self._confirm(self.reader, version=version)
        for answers in ("x", [1], {"x": 1}, {1: "y"}, {"9" * 40: [1]}):
            with self.subTest(answers=answers):
                self.assertEqual(self._confirm(self.reader, answers=answers), [])

    def test_t1_confirmations_are_seen_by_oneself_and_who_answers(self):
        self._confirm(self.reader)
        for user, seen in (
            (self.reader, self.reader),
            (self.leader, self.member),
            (self.colleague, self.env["res.users"]),
            (self.author, self.reader | self.member),
            (self.reviewer, self.reader | self.member),
            (self.editor, self.reader | self.member),
        ):
            with self.subTest(user=user.login):
                found = self.readings.with_user(user).search(
                    [("article_id", "=", self.regulation.id)]
                )
                self.assertEqual(found.sudo().user_id, seen.with_user(user))

    def test_t19_nobody_writes_a_confirmation(self):
        request = self._requests(self.reader)

        for user in (self.reader, self.manager, self.env.ref("base.user_root")):
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    request.with_user(user).write({"state": "confirmed"})
                with self.assertRaises(AccessError):
                    request.with_user(user).sudo().unlink()

    def test_t4_questions_are_set_up_by_who_sets_up_the_article(self):
        with self.assertRaisesRegex(UserError, "not for you to decide"):
            self.env["crm.knowledge.question"].with_user(self.colleague).create(
                {"article_id": self.regulation.id, "name": "Easy?"}
            )
