from functools import partial

from odoo.exceptions import UserError
from odoo.fields import Command

from .register_common import RegisterCase


class TestPart(RegisterCase):
    """Whatever belongs to what a standard says is versioned: rules, fields, norms, duties alike."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.term = cls.env["crm.deadline.policy"].create({"name": "Two days", "term_amount": 2})
        cls.key_tag = cls.env["res.partner.category"].create({"name": "Key account (S)"})
        cls.seller = cls.role(cls.salesman, name="Seller")
        #: By list of the standard: the values of a line, a change of it, and words of that change.
        cls.lines = {
            "entry_ids": (
                {
                    "field_id": cls.env["ir.model.fields"]._get("res.partner", "city").id,
                    "weight": 3,
                    "form_check": "length",
                    "min_length": 2,
                },
                {"weight": 8},
                "Weight: 8",
            ),
            "contact_norm_ids": (
                {"name": "Key accounts", "least": 1, "category_ids": [cls.key_tag.id]},
                {"least": 2},
                "at least 2 contacts",
            ),
            "contact_limit_ids": (
                {"name": "Answer", "kind": "response", "policy_id": cls.term.id},
                {"kind": "silence"},
                "Time without contact",
            ),
            "loss_ids": (
                {"name": "Say why"},
                {"is_competitor_needed": True},
                "Lost to",
            ),
            "duty_ids": (
                {
                    "name": "Qualify",
                    "stage_id": cls.stage_qualified.id,
                    "role_id": cls.seller.id,
                    "accept_policy_id": cls.term.id,
                },
                {"description": "The names of all who decide"},
                "all who decide",
            ),
        }

    def setUp(self):
        super().setUp()
        self.law = self.approved_standard()
        version, draft = self.new_version(self.law)
        for name, (vals, _change, _words) in self.lines.items():
            draft[name] = [Command.create(vals)]
        self.put_in_force(version)

    def put_in_force(self, version):
        self.approve(version)
        version.action_put_in_force()
        self.env.invalidate_all()

    def each(self, standard):
        """Return the list, the line, a change of it and its words, list by list."""
        return [
            (name, standard[name], change, words)
            for name, (_vals, change, words) in self.lines.items()
        ]

    def test_every_kind_of_line_is_a_part(self):
        self.assertEqual(set(self.law._get_part_names()), {"rule_ids", *self.lines})

    def test_version_keeps_every_line_as_values_and_as_words(self):
        version = self.law.version_id
        content = version.sudo().content
        kept = {(part["model"], part["key"]) for part in content["parts"]}

        for _name, line, _change, _words in self.each(self.law):
            self.assertEqual(len(line), 1)
            self.assertIn((line._name, line.id), kept)
            self.assertIn(line._get_words(), version.document.unescape())

    def test_draft_is_a_copy_that_knows_where_its_lines_come_from(self):
        _version, draft = self.new_version(self.law)

        for name, line, _change, _words in self.each(draft):
            self.assertNotEqual(line, self.law[name])
            self.assertEqual(line.source_key, self.law[name].id)

    def test_change_is_told_in_words_and_applied_with_the_line_kept(self):
        version, draft = self.new_version(self.law)
        ids = {name: self.law[name].ids for name in self.lines}
        for _name, line, change, _words in self.each(draft):
            line.with_user(self.controller).write(change)

        for _name, line, _change, words in self.each(draft):
            self.assertIn(words, line._get_words())
        changes = version._get_changes()
        self.assertEqual(len(changes), len(self.lines), changes)
        self.put_in_force(version)

        for name, line, change, _words in self.each(self.law):
            self.assertEqual(line.ids, ids[name])
            self.assertRecordValues(line, [change])

    def test_dropped_line_is_archived_and_a_new_one_takes_its_place(self):
        version, draft = self.new_version(self.law)
        old = {name: self.law[name] for name in self.lines}
        for name, line, _change, _words in self.each(draft):
            line.unlink()
            draft[name] = [Command.create(self.lines[name][0])]

        self.put_in_force(version)

        for name, line, _change, _words in self.each(self.law):
            self.assertEqual(len(line), 1)
            self.assertNotEqual(line, old[name])
            self.assertFalse(old[name].active)

    def test_line_under_approval_cannot_be_changed_by_any_door(self):
        for name, line, change, _words in self.each(self.law):
            law = line.with_user(self.controller)
            vals = {**self.lines[name][0], "standard_id": self.law.id}
            if name == "duty_ids":
                vals["stage_id"] = self.stage_proposal.id
            for deed in (
                partial(law.write, change),
                partial(law.write, {"active": False}),
                law.unlink,
                partial(law.create, vals),
            ):
                with self.assertRaises(UserError), self.cr.savepoint():
                    deed()
                self.env.invalidate_all()

    def test_lines_of_a_draft_apply_to_nobody(self):
        _version, draft = self.new_version(self.law)
        mine = {name: draft[name] for name in self.lines}
        self.customer.write({"category_id": [Command.link(self.key_tag.id)]})
        env = self.env

        applied = {
            "entry_ids": {
                line.id
                for population in env["crm.standard.entry"]._get_populations("res.partner")
                for line in population.lines
            },
            "contact_norm_ids": set(env["crm.standard.contact.norm"]._get_in_force().ids),
            "contact_limit_ids": set(env["crm.standard.contact.limit"]._get_in_force().ids),
            "loss_ids": {rule.id for rule in env["crm.standard.loss"]._get_rulebook()},
            "duty_ids": {duty.id for _, duty in env["crm.standard.stage.duty"]._get_duties()},
        }

        for name, line, _change, _words in self.each(self.law):
            self.assertIn(line.id, applied[name])
            self.assertNotIn(mine[name].id, applied[name])

    def test_lists_show_no_lines_of_drafts(self):
        _version, draft = self.new_version(self.law)
        xmlids = {
            "rule_ids": "crm_standard_rule_action",
            "entry_ids": "crm_standard_entry_action",
            "contact_norm_ids": "crm_standard_contact_norm_action",
            "contact_limit_ids": "crm_standard_contact_limit_action",
            "loss_ids": "crm_standard_loss_action",
        }
        for name, xmlid in xmlids.items():
            with self.subTest(name):
                action = self.env["ir.actions.act_window"]._for_xml_id(f"crm_standards.{xmlid}")
                domain = self.env["crm.standard.rule"]._parse_domain(action["domain"])
                found = self.law[name].search(domain)
                self.assertIn(self.law[name], found)
                self.assertNotIn(draft[name], found)

    def test_t21_lines_of_a_draft_are_hidden_until_it_is_in_review(self):
        version, draft = self.new_version(self.law)
        for name, line, _change, _words in self.each(draft):
            hidden, law = line.with_user(self.salesman), self.law[name]
            self.assertFalse(hidden.has_access("read"))
            self.assertFalse(hidden.search([("id", "=", line.id)]))
            self.assertTrue(law.with_user(self.salesman).has_access("read"))
            self.assertTrue(line.with_user(self.controller).has_access("read"))

        version.action_send_to_review()

        for _name, line, _change, _words in self.each(draft):
            self.assertTrue(line.with_user(self.salesman).has_access("read"))

    def test_lines_of_an_archived_standard_apply_to_nobody(self):
        law = self.law
        entries = self.env["crm.standard.entry"]
        self.assertTrue(list(entries._get_populations("res.partner")))

        law.with_user(self.controller).active = False

        self.assertFalse(list(entries._get_populations("res.partner")))
        for name, line, _change, _words in self.each(law):
            self.assertNotIn(line, line._search_law(), name)
