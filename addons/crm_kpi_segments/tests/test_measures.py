from datetime import datetime

from odoo.addons.crm_kpi.tests.common import FIRST, LAST, NOON, KpiCase


class TestMeasures(KpiCase):
    """Customers who change class as measures."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.at(NOON)
        cls.first, cls.second = cls.env["res.partner"].create(
            [
                {"name": f"Measured {name}", "ref": "class-measure", "user_id": cls.employee.id}
                for name in ("First", "Second")
            ]
        )
        cls.method = cls.env["crm.segment.method"].create(
            {"name": "Measured ABC", "domain": "[('ref', '=', 'class-measure')]"}
        )

    def deal(self, partner, amount):
        """Win a deal in February, which counts in March."""
        lead = self.lead(self.employee, NOON, amount, partner_id=partner.id)
        lead.write({"stage_id": self.won_stage.id, "probability": 100})
        lead.date_closed = "2026-02-10 12:00:00"
        return lead

    def count(self, code):
        """Return how many customers of the employee a measure tells in March."""
        measure = self.env.ref(f"crm_kpi_segments.crm_kpi_measure_{code}")
        measure.action_unarchive()
        self.rebuild(measure)
        found = self.env["crm.kpi.fact"]._get_values(measure, FIRST, LAST, ("user_id",))
        return found[measure].get((self.employee.id,), 0)

    def test_all_that_is_brought_can_be_counted(self):
        self.assert_countable("crm_kpi_segments")

    def test_a_change_of_class_is_one_who_rose_and_one_who_fell(self):
        self.deal(self.first, 900)
        self.deal(self.second, 100)
        self.method.action_start()
        self.deal(self.second, 9000)

        self.method.action_compute()

        self.assertEqual((self.count("customers_risen"), self.count("customers_fallen")), (1, 1))

    def test_another_seller_of_the_customer_later_moves_nothing(self):
        self.deal(self.first, 900)
        self.deal(self.second, 100)
        self.method.action_start()
        self.deal(self.second, 9000)
        self.method.action_compute()

        self.at(datetime(2026, 3, 12))
        (self.first | self.second).user_id = self.colleague

        self.assertEqual((self.count("customers_risen"), self.count("customers_fallen")), (1, 1))

    def test_who_brings_nothing_any_more_fell(self):
        deal = self.deal(self.first, 900)
        self.method.action_start()
        deal.date_closed = "2024-02-10 12:00:00"

        self.method.action_compute()

        self.assertEqual((self.count("customers_risen"), self.count("customers_fallen")), (0, 1))

    def test_who_left_having_brought_nothing_did_not_rise(self):
        back = self.deal(self.first, -10)
        self.method.action_start()
        back.date_closed = "2024-02-10 12:00:00"

        self.method.action_compute()

        self.assertEqual((self.count("customers_risen"), self.count("customers_fallen")), (0, 0))

    def test_an_archived_customer_is_nobodys_fall(self):
        self.deal(self.first, 900)
        self.method.action_start()
        self.first.action_archive()

        self.method.action_compute()

        self.assertEqual((self.count("customers_risen"), self.count("customers_fallen")), (0, 0))

    def test_another_definition_is_nobodys_merit(self):
        self.deal(self.first, 900)
        self.deal(self.second, 100)
        self.method.action_start()
        self.method.write({"a_percent": 99, "b_percent": 99.5})

        self.method.action_compute()

        self.assertEqual((self.count("customers_risen"), self.count("customers_fallen")), (0, 0))
