from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Date

from .common import KnowledgeCase


class TestPath(KnowledgeCase):
    """What a newcomer reads, and how far he or she is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first = cls.article(published=True, name="How we work")
        cls.second = cls.article(published=True, name="How we sell")
        cls.hidden = cls.article(published=True, name="Secret", category_id=cls.vault.id)
        cls.path = cls.env["crm.knowledge.path"].create(
            {
                "name": "First week",
                "days": 7,
                "team_ids": [Command.set(cls.team.ids)],
                "date_from": Date.today() - timedelta(days=1),
                "step_ids": [
                    Command.create({"article_id": article.id})
                    for article in cls.first | cls.second | cls.hidden
                ],
            }
        )

    def _join(self, user=None):
        user = user or self.reader
        return self.env["crm.knowledge.path.person"].create(
            {"path_id": self.path.id, "user_id": user.id}
        )

    def _read(self, user, article):
        steps = self.path.step_ids.with_user(user)
        steps.filtered(lambda step: step.sudo().article_id == article).action_read()

    def test_newcomers_of_a_team_get_its_path_once(self):
        self.path._enroll()
        self.path._enroll()

        self.assertEqual(self.path.person_ids.user_id, self.member | self.leader)
        self.assertEqual(self.path.person_ids[0].date_due, Date.today() + timedelta(days=7))

    def test_a_path_without_a_role_is_given_by_hand(self):
        self.path.team_ids = False

        self.path._enroll()

        self.assertFalse(self.path.person_ids)

    def test_who_gets_a_path_is_told(self):
        person = self._join()

        notice = self.env["mail.message"].search(
            [("partner_ids", "in", self.reader.partner_id.ids)], limit=1
        )
        self.assertIn("First week", notice.subject)
        self.assertEqual(notice.res_id, person.id)

    def test_who_gets_a_path_is_told_in_his_or_her_language(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self.path.with_context(lang="ru_RU").name = "Первая неделя"
        self.reader.lang = "ru_RU"

        self._join()

        notice = self.env["mail.message"].search(
            [("partner_ids", "in", self.reader.partner_id.ids)], limit=1
        )
        self.assertIn("Первая неделя", notice.subject)

    def test_progress_counts_what_was_read(self):
        person = self._join().with_user(self.reader)
        self.assertEqual(person.progress, 0.0)

        self._read(self.reader, self.first)
        person.invalidate_recordset()

        self.assertEqual(person.progress, 50.0)
        self._read(self.reader, self.second)
        person.invalidate_recordset()
        self.assertTrue(person.is_done)

    def test_what_has_changed_since_says_so(self):
        self._join()
        self._read(self.reader, self.first)
        self.first.body = "<p>Otherwise</p>"

        step = self.path.step_ids.filtered(lambda step: step.article_id == self.first)
        self.assertTrue(step.with_user(self.reader).is_changed)

    def test_who_is_late_is_seen(self):
        person = self._join()
        person.date_begun = Date.today() - timedelta(days=30)

        self.assertTrue(person.is_late)

    def test_t21_a_step_is_not_seen_by_who_may_not_read_it(self):
        person = self._join().with_user(self.reader)

        self.assertEqual(person.step_ids.article_id.ids, (self.first | self.second).ids)

    def test_t4_nobody_reads_for_another(self):
        self._join()

        with self.assertRaises(AccessError):
            self.env["crm.knowledge.path.reading"].with_user(self.manager).create(
                {"article_id": self.first.id, "user_id": self.reader.id}
            )

    def test_what_is_not_in_force_is_not_read(self):
        self._join()
        self.first.active = False

        with self.assertRaisesRegex(UserError, "not published"):
            self._read(self.author, self.first)

    def test_progress_is_seen_by_oneself_the_leader_and_editors(self):
        person = self._join(self.member)

        seen = {
            user.login: bool(person.with_user(user).search([("id", "=", person.id)]))
            for user in (self.member, self.leader, self.editor, self.reader, self.colleague)
        }

        self.assertEqual(
            seen,
            {
                "knw_member": True,
                "knw_leader": True,
                "knw_editor": True,
                "knw_reader": False,
                "knw_colleague": False,
            },
        )

    def test_readers_change_no_paths(self):
        person = self._join()

        with self.assertRaises(AccessError):
            person.with_user(self.reader).unlink()
        with self.assertRaises(AccessError):
            self.path.with_user(self.author).name = "Mine"
        with self.assertRaises(AccessError):
            person.with_user(self.editor).user_id = self.member
