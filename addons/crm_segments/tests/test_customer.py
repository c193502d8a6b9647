from lxml import etree

from odoo.fields import Domain

from .common import SegmentCase


class TestCustomer(SegmentCase):
    """Classes as a condition on customers and opportunities."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.at(cls.clock)
        cls.large, cls.small, cls.stranger = map(cls.customer, ("Large", "Small", "Stranger"))
        cls.lead = cls.won(cls.large, 900)
        cls.won(cls.small, 10)
        cls.abc = cls.method()
        cls.abc.action_start()
        cls.a = cls.abc.segment_ids.filtered(lambda one: one.code == "A")
        cls.mine = Domain("id", "in", (cls.large | cls.small | cls.stranger).ids)

    def find(self, *condition):
        return self.env["res.partner"].search(self.mine & Domain(*condition))

    def test_customers_are_found_by_class(self):
        self.assertEqual(self.find("segment_ids", "in", self.a.ids), self.large)

    def test_customers_are_found_by_the_name_of_a_class(self):
        self.a.name = "Gold"

        self.assertEqual(self.find("segment_ids", "ilike", "gold"), self.large)

    def test_a_class_is_found_by_the_name_it_is_shown_with(self):
        self.abc.name = "Of: all"
        shown = self.a.display_name
        segments = self.env["crm.segment"]

        self.assertEqual(shown, "Of: all: A")
        self.assertIn((self.a.id, shown), segments.name_search(shown))
        self.assertEqual(segments.search([("display_name", "=", shown)]), self.a)
        self.assertNotIn(self.a, segments.search([("display_name", "!=", shown)]))
        self.assertEqual(self.find("segment_ids", "=", shown), self.large)

    def test_customers_are_found_by_what_they_are_not(self):
        self.assertEqual(self.find("segment_ids", "not in", self.a.ids), self.small | self.stranger)

    def test_customers_without_a_class_are_found(self):
        self.assertEqual(self.find("segment_ids", "=", False), self.stranger)
        self.assertEqual(self.find("segment_ids", "!=", False), self.large | self.small)

    def test_conditions_on_the_class_are_followed(self):
        self.assertEqual(self.find("segment_ids.code", "=", "A"), self.large)

    def test_opportunities_are_found_by_the_class_of_their_customer(self):
        found = self.env["crm.lead"].search([("segment_ids", "in", self.a.ids)])

        self.assertEqual(found, self.lead)
        self.assertEqual(self.lead.segment_ids, self.a)

    def test_opportunities_of_nobody_and_of_customers_without_a_class_are_found(self):
        nobodys, strangers = self.env["crm.lead"].create(
            [
                {"name": "Nobody's", "company_id": self.company.id},
                {
                    "name": "Stranger's",
                    "partner_id": self.stranger.id,
                    "company_id": self.company.id,
                },
            ]
        )
        mine = Domain("id", "in", (self.lead | nobodys | strangers).ids)

        found = self.env["crm.lead"].search(mine & Domain("segment_ids", "=", False))

        self.assertEqual(found, nobodys | strangers)
        self.assertFalse((nobodys | strangers).segment_ids)

    def test_opportunities_of_nobody_are_not_those_of_a_class(self):
        nobodys = self.env["crm.lead"].create({"name": "Nobody's", "company_id": self.company.id})
        mine = Domain("id", "in", (self.lead | nobodys).ids)

        found = self.env["crm.lead"].search(mine & Domain("segment_ids", "not in", self.a.ids))

        self.assertEqual(found, nobodys)

    def test_classes_of_many_opportunities_take_one_query(self):
        leads = self.env["crm.lead"].search([("partner_id", "in", (self.large | self.small).ids)])
        leads.mapped("partner_id.commercial_partner_id.segment_ids.name")
        self.env["crm.lead"].invalidate_model(["segment_ids"])

        with self.assertQueryCount(2):
            self.assertEqual(len(leads.segment_ids), 2)

    def test_classes_of_an_archived_method_are_no_filter(self):
        self.abc.action_archive()

        self.assertFalse(self.find("segment_ids", "!=", False))
        self.assertFalse(self.large.segment_ids)

    def test_classes_of_many_customers_take_one_query(self):
        partners = self.large | self.small | self.stranger
        partners.mapped("commercial_partner_id.segment_ids.name")
        self.env["res.partner"].invalidate_model(["segment_ids"])

        with self.assertQueryCount(2):
            self.assertEqual(len(partners.segment_ids), 2)

    def test_merged_customers_keep_the_classes_of_the_one_that_stays(self):
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})

        wizard._merge((self.large | self.small).ids, self.large)

        self.assertEqual(self.large.segment_ids, self.a)
        self.abc.action_compute()
        self.assertEqual(self.codes(self.abc), {self.large: "A"})
        member = self.env["crm.segment.membership"].search([("method_id", "=", self.abc.id)])
        self.assertEqual(member.amount, 910)

    def test_who_fell_out_of_all_classes_still_opens_his_changes(self):
        partners = self.env["res.partner"].with_user(self.user)
        view = partners.get_view(self.env.ref("base.view_partner_form").id, "form")

        (button,) = etree.fromstring(view["arch"]).xpath(
            "//button[@name='action_view_segment_changes']"
        )

        self.assertFalse(button.get("invisible"))

    def test_archived_customers_are_in_no_class(self):
        self.small.action_archive()

        self.abc.with_context(active_test=False).action_compute()

        self.assertEqual(self.codes(self.abc), {self.large: "A"})

    def test_deleted_customers_take_their_classes_along(self):
        lead = self.env["crm.lead"].search([("partner_id", "=", self.small.id)])
        lead.unlink()

        self.small.unlink()

        self.assertEqual(self.codes(self.abc), {self.large: "A"})
