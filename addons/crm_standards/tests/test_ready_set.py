from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from odoo.addons.crm_standards.wizard.crm_standard_ready_set import SETS, read_set

from .common import StandardsCase


class TestReadySet(StandardsCase):
    """A ready set becomes drafts one can edit and put in force."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("ru_RU")
        # only the team's own stages, whatever else the database has
        cls.env["crm.stage"].search([("team_ids", "=", False)]).team_ids = cls.other_team

    def load(self, key, team=None, user=None):
        """Load a set and return its standards."""
        wizards = self.env["crm.standard.ready.set"].with_user(user or self.controller)
        wizard = wizards.create({"set_key": key, "team_id": (team or self.team).id})
        return self.env["crm.standard"].search(wizard.action_load()["domain"])

    def test_every_set_can_be_put_in_force_as_it_is(self):
        for key in SETS:
            with self.subTest(set=key):
                standards = self.load(key)

                self.assertEqual(set(standards.mapped("state")), {"draft"})
                self.assertEqual(standards.team_ids, self.team)
                self.assertFalse(any(standards.mapped("problem")))
                standards.with_user(self.controller).action_put_in_force()

    def test_texts_come_in_english_and_russian(self):
        standard = self.load("b2b_sale")

        russian = standard.with_context(lang="ru_RU")
        self.assertEqual((standard.name, russian.name), ("Sale to companies", "Продажа компаниям"))
        self.assertNotEqual(standard.rule_ids[0].hint, russian.rule_ids[0].hint)

    def test_stages_of_the_same_name_are_used_others_are_made(self):
        own = self.env["crm.stage"].create(
            {"name": "Proposition", "team_ids": [Command.set(self.team.ids)]}
        )

        standard = self.load("b2b_sale")

        stages = standard.rule_ids.stage_ids | standard.rule_ids.next_stage_ids
        self.assertIn(own, stages)
        self.assertIn("Negotiation", stages.mapped("name"))
        self.assertEqual((stages - own).team_ids, self.team)

    def test_user_may_say_which_stage_is_meant(self):
        wizard = self.env["crm.standard.ready.set"].with_user(self.controller)
        wizard = wizard.create({"set_key": "b2b_sale", "team_id": self.team.id})
        wizard.stage_ids.filtered(lambda line: line.key == "new").stage_id = self.stage_new

        standard = self.env["crm.standard"].search(wizard.action_load()["domain"])

        self.assertIn(self.stage_new, standard.rule_ids.stage_ids)

    def test_a_set_is_loaded_once_for_a_team(self):
        self.load("b2b_sale")

        with self.assertRaisesRegex(UserError, "was loaded from this set already"):
            self.load("b2b_sale")
        self.assertTrue(self.load("b2b_sale", team=self.other_team))

    def test_terms_of_the_same_name_are_made_once(self):
        self.load("b2b_sale")
        self.load("b2b_sale", team=self.other_team)

        name = read_set("b2b_sale")["policies"][0]["name"]["en"]
        self.assertEqual(self.env["crm.deadline.policy"].search_count([("name", "=", name)]), 1)

    def test_t14_a_salesman_loads_nothing(self):
        with self.assertRaises(AccessError):
            self.load("b2b_sale", user=self.salesman)
