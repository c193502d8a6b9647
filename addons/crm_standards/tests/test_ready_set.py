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
        standard = self.load("b2b_sale")[0]

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

    def test_what_cannot_be_translated_is_in_the_language_of_who_loads(self):
        self.env = self.env(context={"lang": "ru_RU"})

        rules = self.load("b2b_sale").rule_ids

        self.assertEqual(rules.plan_id.name, "Квалификация компании")
        self.assertIn("*договор*", rules.document_kind_id.mapped("name_pattern"))

    def test_every_set_uses_the_whole_breadth(self):
        # those of the add-on itself; bridges add theirs
        kinds = {"fields", "condition", "activity", "checklist", "document", "approval"}
        documents = {
            "process", "data_entry", "contact_regulation", "job_instruction", "evaluation_method",
            "glossary",
        }  # fmt: skip
        for key in SETS:
            with self.subTest(set=key):
                standards = self.load(key)

                self.assertEqual(set(standards.rule_ids.mapped("requirement_kind")), kinds)
                self.assertEqual(set(standards.mapped("document_type")), documents)
                for name in standards._get_part_names():
                    self.assertTrue(standards[name], name)
                self.assertTrue(standards.contact_limit_ids.policy_id.step_ids)

    def test_records_of_the_same_name_are_used_and_not_changed(self):
        kind = self.env["crm.standard.document.kind"].create({"name": "Подписанный договор"})
        plan = self.env["mail.activity.plan"].create(
            {
                "name": "Qualification of a company",
                "res_model": "crm.lead",
                "company_id": False,
                "template_ids": [Command.create({"summary": "Ours"})],
            }
        )
        self.env["mail.activity.plan"].create(
            {"name": "Qualification of a company", "res_model": "res.partner"}
        )

        rules = self.load("b2b_sale").rule_ids

        self.assertEqual(rules.document_kind_id, kind)
        self.assertFalse(kind.name_pattern)
        self.assertEqual(rules.plan_id, plan)
        self.assertEqual(plan.template_ids.summary, "Ours")

    def test_t15_things_of_another_company_are_not_used(self):
        company = self.env["res.company"].create({"name": "Other company"})
        name = read_set("b2b_sale")["policies"][0]["name"]["en"]
        foreign = self.env["crm.deadline.policy"].create({"name": name, "company_id": company.id})

        standards = self.load("b2b_sale")

        self.assertNotIn(foreign, standards.rule_ids.policy_id)

    def test_loaded_set_is_edited_like_any_other(self):
        standard = self.load("b2b_sale")[0].with_user(self.controller)

        standard.rule_ids[0].strength = "advise"
        standard.duty_ids[0].unlink()
        standard.action_put_in_force()

        self.assertEqual(standard.rule_ids[0].strength, "advise")

    def test_wizard_tells_what_will_be_made(self):
        wizard = self.env["crm.standard.ready.set"].with_user(self.controller)
        wizard = wizard.create({"set_key": "b2b_sale", "team_id": self.team.id})

        for text in ("Know the customer", "Tax ID", "Key accounts", "Carry out the order"):
            self.assertIn(text, wizard.summary)

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
