from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from .result_common import TODAY, ResultCase


@freeze_time(TODAY)
class TestResultText(ResultCase):
    """Texts of customers, their topics, and tables of two dimensions."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.asked = cls.survey(("nps", "driver", "text"))
        cls.own = {"rated_user_id": cls.employee.id, "rated_team_id": cls.team.id}
        cls.other = {"rated_user_id": cls.colleague.id, "rated_team_id": cls.other_team.id}
        cls.topic = cls.env["crm.survey.topic"].create({"name": "Queue at the Counter"})

    def texts(self, user=None, offset=0, **filters):
        results = self.env["crm.survey.result"].with_user(user or self.manager)
        return results.get_texts({"survey": self.asked.id, **filters}, offset)

    def words(self, **options):
        return [text["text"] for text in self.texts(**options)["texts"]]

    def cross(self, rows, columns, user=None):
        results = self.env["crm.survey.result"].with_user(user or self.manager)
        return results.get_cross_table({"survey": self.asked.id}, rows, columns)

    def test_newest_words_come_first_and_skipped_ones_not_at_all(self):
        self.answer(self.asked, [{"nps": 1, "text": "Old"}], day="2026-03-01")
        self.answer(self.asked, [{"nps": 1, "text": "New"}, {"text": None}], day="2026-03-30")

        self.assertEqual(self.words(), ["New", "Old"])

    def test_words_are_found_whatever_their_case_and_are_no_pattern(self):
        self.answer(self.asked, [{"text": "Долгая Доставка"}, {"text": "100 % fine_print \\o/"}])

        for words, found in (
            ("доставка", ["Долгая Доставка"]),
            ("0 % F", ["100 % fine_print \\o/"]),
            ("%", ["100 % fine_print \\o/"]),
            ("e_p", ["100 % fine_print \\o/"]),
            ("\\o", ["100 % fine_print \\o/"]),
            ("_____", []),
            ("' OR 1=1 --", []),
        ):
            with self.subTest(words=words):
                self.assertEqual(self.words(text=words), found)

    def test_a_page_says_where_the_next_one_begins(self):
        self.answer(self.asked, [{"text": f"Text {number}"} for number in range(25)])

        first, second = self.texts(), self.texts(offset=20)

        self.assertEqual((len(first["texts"]), first["next_offset"]), (20, 20))
        self.assertEqual((len(second["texts"]), second["next_offset"]), (5, False))
        both = {text["id"] for text in first["texts"] + second["texts"]}
        self.assertEqual(len(both), 25)

    def test_t1_texts_are_read_by_who_reads_the_result(self):
        self.answer(self.asked, [{"text": "About Emil"}], **self.own)
        self.answer(self.asked, [{"text": "About Cora"}], **self.other)

        for role, words in (
            ("employee", ["About Emil"]),
            ("leader", ["About Emil"]),
            ("interviewer", []),
            ("manager", ["About Cora", "About Emil"]),
        ):
            with self.subTest(role=role):
                self.assertEqual(self.words(user=getattr(self, role)), words)
        with self.assertRaises(AccessError):
            self.texts(user=self.outsider)

    def test_t5_garbage_pages_and_dimensions_are_refused(self):
        for offset in ("1", -1, None, 10**9, True, [0]):
            with self.subTest(offset=offset), self.assertRaises(UserError):
                self.texts(offset=offset)
        for pair in (("user", "user"), ("user", "date"), (["user"], "team"), (None, None)):
            with self.subTest(pair=pair), self.assertRaises(UserError):
                self.cross(*pair)
        fact = self.fact(self.answer(self.asked, [{"text": "Any"}])).with_user(self.manager)
        for topics in ("1", 1, [True], [[6, 0, []]], {"a": 1}, [2**31], [-1], [999_999_999]):
            with self.subTest(topics=topics), self.assertRaises(UserError):
                fact.action_set_topics(topics)

    def test_leaders_put_words_under_topics_and_find_them(self):
        responses = self.answer(self.asked, [{"text": "Waited"}, {"text": "Paid"}], **self.own)
        fact = self.fact(responses[0])

        fact.with_user(self.leader).action_set_topics([self.topic.id])

        self.assertEqual(self.words(topic=self.topic.id), ["Waited"])
        self.assertEqual(self.texts(text="Waited")["texts"][0]["topics"], [self.topic.id])
        fact.with_user(self.leader).action_set_topics([])
        self.assertFalse(fact.topic_ids)

    def test_t14_who_may_put_topics(self):
        own = self.fact(self.answer(self.asked, [{"text": "Own"}], **self.own))
        other = self.fact(self.answer(self.asked, [{"text": "Other"}], **self.other))

        for role, fact in (("employee", own), ("interviewer", own), ("leader", other)):
            with self.subTest(role=role), self.assertRaises(AccessError):
                fact.with_user(getattr(self, role)).action_set_topics([self.topic.id])
        with self.assertRaises(AccessError):
            own.with_user(self.manager).write({"topic_ids": [Command.link(self.topic.id)]})

    def test_topics_survive_a_rebuild(self):
        fact = self.fact(self.answer(self.asked, [{"text": "Waited"}]))
        fact.with_user(self.manager).action_set_topics([self.topic.id])

        self.asked._rebuild_facts()

        self.assertEqual(fact.topic_ids, self.topic)

    def test_a_cross_table_has_a_figure_for_each_pair(self):
        self.answer(self.asked, [{"nps": 10}] * 12, channel="sms", **self.own)
        self.answer(self.asked, [{"nps": 0}] * 11, channel="phone", **self.own)
        self.answer(self.asked, [{"nps": 0}] * 3, channel="sms", **self.other)

        table = self.cross("user", "channel")

        figures = {
            (row["id"], cell["id"]): (cell["value"], cell["count"])
            for row in table["rows"]
            for cell in row["cells"]
        }
        expected = {
            (self.employee.id, "sms"): (100, 12),
            (self.employee.id, "phone"): (-100, 11),
            (self.colleague.id, "sms"): (None, 3),
            (self.colleague.id, "phone"): (None, 0),
        }
        self.assertEqual(figures, expected)

    def test_t1_a_cross_table_counts_what_one_may_read(self):
        self.answer(self.asked, [{"nps": 0}] * 11, channel="sms", **self.other)

        self.assertFalse(self.cross("user", "channel", user=self.leader)["rows"])
