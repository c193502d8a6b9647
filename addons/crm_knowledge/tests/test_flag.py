from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo.exceptions import AccessError, UserError
from odoo.tools import mute_logger

from .common import KnowledgeCase


class TestFlag(KnowledgeCase):
    """Flag it or fix it: readers say what is wrong, owners mend it and answer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.published = cls.article(published=True)

    def _flag(self, user=None, article=None, **values):
        vals = {"article_id": (article or self.published).id, "note": "It is 30 days", **values}
        return self.env["crm.knowledge.flag"].with_user(user or self.reader).create(vals)

    def test_what_is_wrong_says_so_and_the_owner_is_asked(self):
        flag = self._flag(reason="wrong")

        self.assertEqual(self.published.state, "to_verify")
        self.assertEqual(self.published.activity_ids.user_id, self.author)
        self.assertRecordValues(flag, [{"user_id": self.reader.id, "version": 1, "state": "open"}])

    def test_what_is_unclear_asks_the_owner_only_once(self):
        self._flag(reason="unclear")
        self._flag(self.member, reason="missing")

        self.assertEqual(self.published.state, "published")
        self.assertEqual(len(self.published.activity_ids), 1)
        self.assertEqual(self.published.flag_count, 2)

    def test_who_flagged_gets_an_answer_and_the_task_is_done(self):
        flag = self._flag(reason="unclear").with_user(self.author)

        flag.answer = "Now it says which"
        flag.action_fixed()

        self.assertEqual((flag.state, flag.closed_by_id), ("fixed", self.author))
        self.assertFalse(self.published.activity_ids)
        notice = self.env["mail.message"].search(
            [("partner_ids", "in", self.reader.partner_id.ids)], limit=1
        )
        self.assertIn("Now it says which", notice.body)

    def test_t18_a_doubt_that_meets_a_writer_is_tried_again(self):
        with (
            patch.object(
                type(self.published), "_doubt", side_effect=SerializationFailure, autospec=True
            ),
            self.assertRaises(SerializationFailure),
        ):
            self.published._doubt_each()

    def test_nothing_to_fix_needs_a_reason(self):
        flag = self._flag(reason="unclear").with_user(self.author)

        with self.assertRaisesRegex(UserError, "why there is nothing to fix"):
            flag.action_reject()

    def test_t21_what_is_said_of_a_hidden_article_reaches_its_readers_only(self):
        hidden = self.article(published=True, name="Vault", category_id=self.vault.id)
        contact = self.env["res.partner"].create(
            {"name": "Quokka Contact", "email": "knw_quokka@example.com"}
        )
        people = self.reader.partner_id | self.leader.partner_id | contact
        hidden.message_subscribe(people.ids)

        message = hidden.message_post(
            body="Quokka", partner_ids=people.ids, subtype_xmlid="mail.mt_comment"
        )

        told = message.notification_ids.res_partner_id
        self.assertEqual(told & people, self.leader.partner_id)

    def test_readers_close_no_flags(self):
        flag = self._flag(reason="unclear")

        with self.assertRaisesRegex(UserError, "ask the owner"):
            flag.action_fixed()
        with self.assertRaises(AccessError):
            flag.with_user(self.reader).answer = "Fixed, I think"

    def test_t4_a_flag_is_raised_in_ones_own_name(self):
        flag = self._flag(user_id=self.member.id, state="fixed", version=9, answer="No")

        self.assertRecordValues(
            flag, [{"user_id": self.reader.id, "state": "open", "version": 1, "answer": False}]
        )

    def test_nobody_rewrites_what_was_flagged(self):
        flag = self._flag()

        for user in (self.reader, self.author, self.manager):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                flag.with_user(user).note = "It is fine"

    def test_t1_nobody_flags_or_sees_flags_of_what_one_may_not_read(self):
        secret = self.article(published=True, category_id=self.vault.id)
        flag = self._flag(self.leader, secret)

        with self.assertRaises(AccessError):
            self._flag(self.reader, secret)
        for user in (self.reader, self.editor, self.manager):
            flags = self.env["crm.knowledge.flag"].with_user(user).search([])
            self.assertNotIn(flag.id, flags.ids)
            self.assertFalse(flag.with_user(user).has_access("read"))

    def test_readers_see_their_own_flags_only(self):
        mine, other = self._flag(reason="unclear"), self._flag(self.member, reason="unclear")

        seen = self.env["crm.knowledge.flag"].with_user(self.reader).search([])

        self.assertIn(mine.id, seen.ids)
        self.assertNotIn(other.id, seen.ids)

    def test_the_same_is_not_flagged_twice(self):
        self._flag()

        with self.assertRaises(Exception) as caught, mute_logger("odoo.sql_db"):
            self._flag()
        self.assertIn("open_uniq", str(caught.exception))

    def test_readers_comment_on_what_they_read(self):
        message = self.published.with_user(self.reader).message_post(body="Thank you")

        self.assertEqual(message.author_id, self.reader.partner_id)
        draft = self.article()
        with self.assertRaises(AccessError):
            draft.with_user(self.reader).message_post(body="What is this?")

    def test_t21_followers_who_lost_access_get_no_messages(self):
        self.published.message_subscribe((self.reader | self.leader).partner_id.ids)
        self.published.category_id = self.vault

        message = self.published.message_post(
            body="The new prices", message_type="comment", subtype_xmlid="mail.mt_comment"
        )

        told = message.notified_partner_ids
        self.assertIn(self.leader.partner_id, told)
        self.assertNotIn(self.reader.partner_id, told)
