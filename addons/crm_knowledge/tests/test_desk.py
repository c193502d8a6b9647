from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.fields import Date
from odoo.tests import HttpCase, new_test_user, tagged

from .common import KnowledgeCase


class DeskCase(KnowledgeCase):
    """The piles of a user's desk, as far as they hold what these tests make."""

    def _desk(self, user, is_mine=True):
        return self.env["crm.knowledge.desk"].with_user(user).get_desk(is_mine)

    def _piles(self, user, is_mine=True):
        piles = self._desk(user, is_mine)["piles"]
        return {pile["id"]: {line["name"] for line in pile["lines"]} for pile in piles}


class TestDesk(DeskCase):
    """What waits for an editor lies in piles."""

    def test_each_thing_lies_on_its_pile(self):
        self.article(name="Quagga draft")
        self.article(name="Quagga review").with_user(self.author).action_submit()
        self.article(name="Quagga doubted", published=True)._doubt()
        soon = self.article(name="Quagga soon", published=True, verify_days=30)
        soon.date_verified = Date.today() - timedelta(days=10)
        flagged = self.article(name="Quagga flagged", published=True)
        self.env["crm.knowledge.flag"].with_user(self.reader).create(
            {"article_id": flagged.id, "reason": "unclear", "note": "What?"}
        )

        piles = self._piles(self.author)

        self.assertIn("Quagga draft", piles["drafts"])
        self.assertIn("Quagga review", piles["review"])
        self.assertEqual(piles["verify"], {"Quagga doubted"})
        self.assertEqual(piles["soon"], {"Quagga soon"})
        self.assertEqual(piles["flags"], {"Quagga flagged"})

    def test_a_reviewer_sees_what_he_reviews_and_a_colleague_nothing(self):
        self.article(name="Quagga review").with_user(self.author).action_submit()

        self.assertIn("Quagga review", self._piles(self.reviewer)["review"])
        self.assertNotIn("Quagga review", self._piles(self.colleague, is_mine=False)["review"])

    def test_an_editor_sees_what_is_everybodys_when_asked(self):
        self.article(name="Quagga review").with_user(self.author).action_submit()

        self.assertNotIn("Quagga review", self._piles(self.editor)["review"])
        self.assertIn("Quagga review", self._piles(self.editor, is_mine=False)["review"])

    def test_an_article_whose_owner_has_left_is_found(self):
        leaver = new_test_user(self.env, "knw_leaver", "crm_knowledge.group_author")
        self.article(name="Quagga orphan", published=True, user_id=leaver.id)
        leaver.active = False

        self.assertIn("Quagga orphan", self._piles(self.editor, is_mine=False)["orphans"])

    def test_open_gaps_lie_there_with_how_often_they_were_asked(self):
        self.env["crm.knowledge.gap"].create(
            {
                "name": "quagga food",
                "key": "quagga food",
                "company_id": self.env.company.id,
                "missed_count": 999,
                "state": "open",
            }
        )

        (pile,) = (one for one in self._desk(self.author)["piles"] if one["id"] == "gaps")

        self.assertEqual(pile["lines"][0]["name"], "quagga food")
        self.assertIn("999 times in vain", pile["lines"][0]["note"])

    def test_a_pile_opens_what_it_counts(self):
        for user in (self.author, self.editor, self.reader, self.manager):
            for is_mine in (True, False):
                for pile in self._desk(user, is_mine)["piles"]:
                    with self.subTest(user=user.login, pile=pile["id"]):
                        records = self.env[pile["model"]].with_user(user)
                        self.assertEqual(records.search_count(pile["domain"]), pile["count"])

    def test_t21_nothing_lies_there_that_one_may_not_read(self):
        hidden = self.article(name="Quagga hidden", published=True, category_id=self.vault.id)
        self.env["crm.knowledge.flag"].with_user(self.leader).create(
            {"article_id": hidden.id, "reason": "wrong", "note": "No"}
        )

        for user in (self.editor, self.manager, self.reader):
            for is_mine in (True, False):
                shown = set().union(*self._piles(user, is_mine).values())
                self.assertNotIn("Quagga hidden", shown)

    def test_t5_any_argument_is_a_yes_or_a_no(self):
        for garbage in (None, [], {"a": 1}, "no", 2**70):
            self.assertTrue(self._desk(self.author, garbage)["piles"])

    def test_t14_customers_have_no_desk(self):
        with self.assertRaises(AccessError):
            self.env["crm.knowledge.desk"].with_user(self.customer_user).get_desk()


@tagged("post_install", "-at_install")
class TestDeskTour(DeskCase, HttpCase):
    """In the browser."""

    def test_an_editor_goes_from_a_pile_to_what_lies_there(self):
        self.article(name="Quagga review").with_user(self.author).action_submit()

        self.start_tour("/odoo/knowledge-desk", "crm_knowledge_desk", login=self.editor.login)

    def test_an_author_is_shown_what_says_the_same(self):
        self.article(published=True, name="Return of a quagga lamp")
        action = self.env.ref("crm_knowledge.crm_knowledge_article_action_mine")

        self.start_tour(
            f"/odoo/action-{action.id}", "crm_knowledge_similar", login=self.author.login
        )
