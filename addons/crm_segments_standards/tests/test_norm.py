from odoo.fields import Command, Domain

from odoo.addons.crm_segments.tests.common import SegmentCase


class NormCase(SegmentCase):
    """Two customers, and a norm for those of class A."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.at(cls.clock)
        cls.large, cls.small = map(cls.customer, ("Norm Large", "Norm Small"))
        cls.won(cls.large, 900)
        cls.won(cls.small, 10)
        cls.abc = cls.method()
        cls.abc.action_start()
        cls.best = cls.abc.segment_ids.filtered(lambda one: one.code == "A")
        cls.standard = cls.env["crm.standard"].create(
            {
                "name": "Contacts by class",
                "document_type": "contact_regulation",
                "company_id": cls.company.id,
                "contact_norm_ids": [
                    Command.create(
                        {"name": "Best", "least": 4, "segment_ids": [Command.set(cls.best.ids)]}
                    )
                ],
            }
        )
        cls.norm = cls.standard.contact_norm_ids

    def find(self):
        return self.find_as(self.env.user)

    def find_as(self, user):
        """Return whom the norm is for, when somebody's program asks in sudo."""
        domain = self.norm.with_user(user).sudo()._get_class_domain()  # sudo: as counting does
        mine = Domain("id", "in", (self.large | self.small).ids)
        return self.env["res.partner"].with_user(user).search(mine & domain)


class TestNorm(NormCase):
    """Norms of contacts by class."""

    def test_a_norm_is_for_customers_of_its_class(self):
        self.assertEqual(self.find(), self.large)

    def test_the_norm_follows_the_class(self):
        self.won(self.small, 90000)

        self.abc.action_compute()

        self.assertEqual(self.find(), self.small)

    def test_a_norm_for_a_class_out_of_use_is_nobodys(self):
        self.abc.action_archive()

        self.assertFalse(self.find())

    def test_whose_a_norm_is_does_not_depend_on_who_asks(self):
        self.assertEqual(self.find_as(self.outsider), self.large)

    def test_the_words_of_a_norm_name_its_classes(self):
        self.assertIn("Test of abc: A", self.norm._get_words())
