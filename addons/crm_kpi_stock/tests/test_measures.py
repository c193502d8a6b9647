from datetime import timedelta

from odoo.addons.crm_kpi.tests.common import FIRST, LAST, NOON, KpiCase


class TestMeasures(KpiCase):
    """Deliveries as measures."""

    def deliver(self, promised, done=None, kind="outgoing"):
        """Have a transfer of the employee promised, and perhaps done."""
        kinds = self.env["stock.picking.type"]
        picking = self.env["stock.picking"].create(
            {
                "picking_type_id": kinds.search(
                    [("code", "=", kind), ("company_id", "=", self.company.id)], limit=1
                ).id,
                "user_id": self.employee.id,
            }
        )
        state = "done" if done else "assigned"
        self.stamp(picking, NOON, date_deadline=promised, date_done=done, state=state)

    def test_all_that_is_brought_can_be_counted(self):
        self.assert_countable("crm_kpi_stock")

    def test_a_delivery_is_late_on_the_day_it_was_promised(self):
        measures, indicators = self.shipped("crm_kpi_stock")
        early, later = NOON - timedelta(days=5), NOON - timedelta(days=3)
        self.deliver(promised=early, done=early - timedelta(hours=1))
        self.deliver(promised=early, done=later)
        self.deliver(promised=early)
        self.deliver(promised=early, done=early, kind="incoming")
        self.deliver(promised=NOON + timedelta(days=3))

        self.rebuild(measures)

        own = self.employee.id
        found = {measure.code: self.values(measure).get(own) for measure in measures}
        self.assertEqual(found, {"deliveries": 2, "deliveries_promised": 4, "deliveries_late": 2})
        (values,) = indicators._get_values(FIRST, LAST, ("user_id",)).values()
        self.assertEqual(values[own,], 50)
