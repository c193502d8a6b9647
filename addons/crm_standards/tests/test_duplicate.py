from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from odoo.addons.crm_standards.models.entry import crm_standard_duplicate_draw as draw

from .entry_common import EntryCase


@tagged("post_install", "-at_install")
class TestDuplicateSearch(EntryCase):
    """What is shown while somebody types."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.known = cls.contact(
            name="ООО «Незабудка-Сервис»",
            email="Office@Nezabudka.example.com",
            phone="+1 650 555 0177",
            vat="7707083893",
            country_id=cls.env.ref("base.us").id,
        )

    def typed(self, user=None, **values):
        """Return what the panel says about a new contact with these values."""
        contacts = self.env["res.partner"].with_user(user or self.salesman)
        form = Form(contacts.with_context(default_is_company=True))
        form.name = "Something else entirely"
        for name, value in values.items():
            setattr(form, name, value)
        return form.entry_duplicates or []

    def test_same_email_phone_tax_number_or_name_is_shown_with_the_reason(self):
        for values, reason in (
            ({"email": "office@nezabudka.example.com"}, "e-mail"),
            ({"phone": "(650) 555-0177", "country_id": self.env.ref("base.us")}, "phone"),
            ({"vat": "77 07 08 38 93"}, "tax number"),
            ({"name": "незабудка сервис"}, "name"),
        ):
            with self.subTest(reason):
                found = self.typed(**values)
                self.assertEqual(
                    [(f["id"], f["reasons"]) for f in found], [(self.known.id, [reason])]
                )

    def test_name_with_a_typing_error_is_found_when_something_else_agrees(self):
        found = self.typed(name="Незабутка-Сервис", phone="+1 650 555 0177")

        self.assertEqual(found[0]["reasons"], ["phone", "name"])

    def test_stranger_is_not_shown(self):
        self.assertEqual(self.typed(email="nobody@example.com"), [])

    def test_record_is_no_duplicate_of_itself(self):
        self.assertFalse(self.known.entry_duplicates)

    def test_opportunity_with_the_same_email_is_shown_to_who_may_see_it(self):
        lead = self.lead(email_from="boss@example.com", partner_name="Boss")

        found = self.typed(email="boss@example.com")

        self.assertEqual([(f["model"], f["id"]) for f in found], [("crm.lead", lead.id)])

    def test_t11_t21_record_out_of_reach_is_neither_shown_nor_hinted_at(self):
        self.lead(email_from="boss@example.com", partner_name="Boss")

        self.assertEqual(self.typed(user=self.colleague, email="boss@example.com"), [])

    def test_t15_contact_of_another_company_is_not_shown(self):
        company = self.env["res.company"].create({"name": "Other company"})
        self.known.sudo().write({"user_id": False, "company_id": company.id})

        self.assertEqual(self.typed(email="office@nezabudka.example.com"), [])

    def test_people_of_one_company_are_no_duplicates_for_its_phone(self):
        person = {"is_company": False, "parent_id": self.known.id, "phone": self.known.phone}
        ann = self.contact(name="Ann", **person)
        self.contact(name="Bob", **person)

        self.assertFalse(ann.entry_duplicates)

    def test_new_opportunity_shows_the_contact_but_not_its_own(self):
        leads = self.env["crm.lead"].with_user(self.salesman)
        form = Form(leads.with_context(default_type="opportunity"))
        form.name = "Deal"
        form.partner_name = "Nezabudka"
        form.email_from = "office@nezabudka.example.com"
        found = form.entry_duplicates
        form.partner_id = self.known
        later = form.entry_duplicates or []

        self.assertEqual([(f["model"], f["id"]) for f in found], [("res.partner", self.known.id)])
        self.assertNotIn(self.known.id, [f["id"] for f in later if f["model"] == "res.partner"])

    def test_wildcards_in_a_name_are_signs_like_others(self):
        self.assertEqual(self.typed(name="%%%%%"), [])
        self.assertEqual(self.typed(name="____"), [])

    def test_without_trigrams_the_beginning_of_the_name_counts(self):
        self.patch(self.env.registry, "has_trigram", False)
        self.contact(name="Nezabudka Service")

        found = self.typed(name="Nezabudka Service Ltd")

        self.assertEqual([f["name"] for f in found], ["Nezabudka Service"])

    def test_search_takes_one_statement_for_each_model(self):
        identity = self.known._get_identity()
        contacts = self.env["res.partner"].with_user(self.salesman)
        self.assertIn(self.known, contacts._find_candidates(identity))

        with self.assertQueryCount(1):
            self.assertTrue(contacts._find_candidates(identity)._ids)


@tagged("post_install", "-at_install")
class TestDuplicateList(EntryCase):
    """The list drawn by the job."""

    def draw(self):
        with self.enter_registry_test_mode():
            self.env.ref("crm_standards.crm_standard_duplicate_cron_draw").method_direct_trigger()
        self.env.invalidate_all()

    def pairs(self, records):
        column = "lead_id" if records._name == "crm.lead" else "partner_id"
        domain = [(column, "in", records.ids)]
        return self.env["crm.standard.duplicate"].search(domain, order="id")

    def twins(self, count=2, **values):
        contacts = self.env["res.partner"]
        for number in range(count):
            contacts += self.contact(name=f"Twin {number} & Sons", **values)
        return contacts

    def test_each_key_finds_its_pairs(self):
        for values in (
            {"email": "twin@example.com"},
            {"phone": "+1 650 555 0190"},
            {"vat": "7707083893"},
        ):
            with self.subTest(values):
                twins = self.twins(**values)
                self.draw()
                self.assertEqual(self.pairs(twins)._get_records(), twins)
                twins.unlink()

    def test_words_of_the_name_find_pairs_without_legal_form_and_order(self):
        twins = self.contact(name="ООО «Плюс Ромашка-Ёлка»") + self.contact(
            name="Ромашка елка плюс"
        )

        self.draw()

        self.assertEqual(self.pairs(twins).reason_text, "name")

    def test_t18_job_run_twice_changes_nothing_and_stale_pairs_go(self):
        twins = self.twins(email="twin@example.com")
        self.draw()
        pair = self.pairs(twins)

        self.draw()
        self.assertEqual(self.pairs(twins), pair)
        twins[0].write({"email": "other@example.com", "name": "Quite another"})
        self.draw()

        self.assertFalse(self.pairs(twins))

    def test_decision_stays_and_is_written_down(self):
        twins = self.twins(email="twin@example.com")
        self.draw()
        pair = self.pairs(twins).with_user(self.salesman)

        pair.action_different()
        self.draw()

        self.assertRecordValues(pair, [{"state": "different", "user_id": self.salesman.id}])
        pair.action_reopen()
        self.assertEqual((pair.state, pair.user_id.id), ("open", False))

    def test_decision_stays_when_they_are_alike_no_more(self):
        for no_more in (
            {"is_company": False, "name": "Quite another"},  # they share the address all the same
            {"email": "other@example.com", "name": "Quite another"},
        ):
            with self.subTest(no_more):
                twins = self.twins(email="twin@example.com")
                self.draw()
                pair = self.pairs(twins)
                pair.with_user(self.salesman).action_different()

                twins[0].write(no_more)
                self.draw()

                self.assertEqual(self.pairs(twins), pair)
                self.assertEqual(pair.state, "different")

    def test_crowd_with_one_key_is_linked_in_a_star(self):
        self.patch(draw, "CROWD", 5)
        twins = self.twins(8, email="info@example.com")

        pairs = self.env["crm.standard.duplicate"]._find_pairs("res.partner")

        mine = {pair for pair in pairs if set(pair) & set(twins.ids)}
        by_name = {(a, b) for a, b in mine if a != twins[0].id}
        self.assertFalse(by_name)
        self.assertEqual(len(mine), 7)

    def test_interrupted_run_goes_on_where_it_was(self):
        twins = self.twins(4, email="twin@example.com")
        jobs = self.env["ir.cron"]
        self.patch(draw, "BATCH", 2)
        calls = []

        def progress(self, processed=0, *, remaining=None, deactivate=False):
            calls.append((processed, remaining))
            return 0 if len(calls) == 2 else 60

        self.patch(type(jobs), "_commit_progress", progress)
        duplicates = self.env["crm.standard.duplicate"]
        duplicates._cron_draw()
        before = duplicates._get_cursor()
        duplicates._cron_draw()

        self.assertTrue(before)
        self.assertFalse(duplicates._get_cursor())
        self.assertEqual(len(self.pairs(twins)), 6)

    def test_open_opportunities_are_paired_closed_ones_are_not(self):
        deals = self.lead(email_from="a@example.com", partner_name="Acme")
        deals += self.lead(email_from="a@example.com", partner_name="Acme")
        won = self.lead(email_from="a@example.com", partner_name="Acme", stage_id=self.stage_won.id)

        self.draw()

        pairs = self.pairs(deals + won)
        self.assertEqual(pairs.lead_id + pairs.other_lead_id, deals)

    def test_several_deals_of_one_customer_are_no_duplicates(self):
        values = {"email_from": "a@example.com", "partner_id": self.customer.id}
        chairs = self.lead(name="100 chairs", **values)
        roof = self.lead(name="Repair of the roof", **values)
        again = self.lead(name="Chairs, 100", **values)

        self.draw()

        self.assertFalse(self.pairs(roof))
        self.assertEqual(self.pairs(chairs)._get_records(), chairs + again)

    def test_merge_by_cores_wizard_leaves_no_pair(self):
        twins = self.twins(3, email="twin@example.com")
        self.draw()
        pair = self.pairs(twins)[0].with_user(self.salesman)
        action = pair.action_merge()

        wizard = self.env[action["res_model"]].with_context(**action["context"])
        wizard = wizard.with_user(self.salesman).create({})
        wizard.action_merge()

        left = twins.exists()
        self.assertEqual(len(left), 2)
        self.assertEqual(self.pairs(left)._get_records(), left)

    def test_decision_stays_when_one_of_the_two_is_merged(self):
        twins = self.twins(3, email="twin@example.com")
        self.draw()
        first, second, third = twins.sorted("id")
        pair = self.pairs(first & twins).filtered(lambda p: p.other_partner_id == third)
        pair.action_different()

        self.env["base.partner.merge.automatic.wizard"]._merge((second + third).ids, second)
        self.env.invalidate_all()

        self.assertRecordValues(
            self.pairs(first + second),
            [
                {
                    "partner_id": first.id,
                    "other_partner_id": second.id,
                    "state": "different",
                    "user_id": self.env.uid,
                }
            ],
        )

    def test_decision_stays_when_the_merged_one_was_the_older(self):
        first, second, third = self.twins(3, email="twin@example.com").sorted("id")
        self.draw()
        pair = self.pairs(first).filtered(lambda p: p.other_partner_id == second)
        pair.action_different()

        self.env["base.partner.merge.automatic.wizard"]._merge((first + third).ids, third)
        self.env.invalidate_all()

        self.assertRecordValues(
            self.pairs(second + third),
            [{"partner_id": second.id, "other_partner_id": third.id, "state": "different"}],
        )

    def test_decision_about_opportunities_stays_when_one_is_merged(self):
        first, second, third = leads = self.lead() + self.lead() + self.lead()
        pairs = self.env["crm.standard.duplicate"]
        pairs.create(
            [
                {"subject": "lead", "lead_id": one.id, "other_lead_id": other.id, **values}
                for one, other, values in [
                    (first, second, {"state": "different", "user_id": self.salesman.id}),
                    (second, third, {}),
                    (first, third, {}),
                ]
            ]
        )
        merged = (second + third).merge_opportunity()
        self.env.invalidate_all()

        kept = pairs.search([("lead_id", "in", leads.ids)])
        self.assertRecordValues(kept, [{"state": "different", "user_id": self.salesman.id}])
        self.assertEqual(kept.lead_id + kept.other_lead_id, first + merged)

    def test_contacts_with_the_same_fault_can_be_merged(self):
        self.entry_standard(self.line_vals("phone", form_check="phone", strength="record"))
        twins = self.twins(phone="call me")
        self.assertEqual(len(self.faults(twins[0]) | self.faults(twins[1])), 1)

        wizard = self.env["base.partner.merge.automatic.wizard"]
        wizard._merge(twins[:2].ids, twins[0])

        self.assertEqual(len(self.faults(twins[0])), 1)

    def test_opportunities_open_cores_wizard(self):
        deals = self.lead(email_from="a@example.com") + self.lead(email_from="a@example.com")

        action = deals.action_merge_duplicates()

        self.assertEqual(action["res_model"], "crm.merge.opportunity")
        wizard = self.env["crm.merge.opportunity"].with_context(**action["context"]).create({})
        self.assertEqual(wizard.opportunity_ids, deals)

    # ---- access -------------------------------------------------------------------------------

    def test_t21_pair_is_seen_only_by_who_may_see_both_records(self):
        deals = self.lead(email_from="a@example.com")
        deals += self.lead(email_from="a@example.com")
        self.draw()
        pair = self.pairs(deals)
        deals[1].sudo().user_id = self.colleague

        for user, is_seen in ((self.controller, True), (self.salesman, False)):
            with self.subTest(user.login):
                mine = pair.with_user(user)
                domain = [("id", "=", pair.id)]
                self.assertEqual(mine.search_count(domain), int(is_seen))
                self.assertEqual(bool(mine._read_group(domain, ["state"], ["__count"])), is_seen)
                self.assertIs(mine.has_access("read"), is_seen)

    def test_t1_decision_about_a_foreign_pair_is_refused(self):
        deals = self.lead(email_from="a@example.com") + self.lead(email_from="a@example.com")
        self.draw()
        pair = self.pairs(deals)

        for deed in ("action_different", "action_merge", "action_reopen"):
            with self.subTest(deed), self.assertRaises(AccessError):
                getattr(pair.with_user(self.colleague), deed)()
        with self.assertRaises(AccessError):
            deals.with_user(self.colleague).action_merge_duplicates()

    def test_t14_who_may_only_read_the_records_decides_nothing(self):
        reader = self._make_users(("std_reader", "Rea Reader", "crm_standards.group_user"))
        twins = self.twins(email="twin@example.com")
        self.draw()
        pair = self.pairs(twins).with_user(reader)
        self.assertTrue(pair.has_access("read"))

        for deed in ("action_different", "action_merge", "action_reopen"):
            with self.subTest(deed), self.assertRaises(AccessError):
                getattr(pair, deed)()
        self.assertEqual(self.pairs(twins).state, "open")

    def test_t14_pairs_are_written_by_nobody_directly(self):
        twins = self.twins(email="twin@example.com")
        self.draw()

        with self.assertRaises(AccessError):
            self.pairs(twins).with_user(self.controller).write({"state": "different"})
