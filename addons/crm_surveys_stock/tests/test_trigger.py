from odoo.addons.crm_surveys.tests.trigger_common import TriggerCase


class TestTrigger(TriggerCase):
    """A delivery asks its customer about what was delivered."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.env.company.id)], limit=1
        )
        cls.other_product = cls.env["product.product"].create({"name": "Other Surveyed Product"})

    def _deliver(self, *products, destination="stock.stock_location_customers", **values):
        picking = self.env["stock.picking"].create(
            {
                "partner_id": self.customer.id,
                "picking_type_id": self.warehouse.out_type_id.id,
                "location_id": self.warehouse.lot_stock_id.id,
                "location_dest_id": self.env.ref(destination).id,
                **values,
            }
        )
        for product in products:
            self.env["stock.move"].create(
                {
                    "picking_id": picking.id,
                    "product_id": product.id,
                    "product_uom_qty": 1,
                    "quantity": 1,
                    "picked": True,
                    "location_id": picking.location_id.id,
                    "location_dest_id": picking.location_dest_id.id,
                }
            )
        picking.button_validate()
        self.assertEqual(picking.state, "done")
        return picking

    def test_a_delivery_asks_about_its_product(self):
        trigger = self.shipped("crm_surveys_stock.crm_survey_trigger_delivered")
        picking = self._deliver(self.product, user_id=self.employee.id)

        self.run_job(trigger)

        self.assertRecordValues(
            self.invitations(trigger),
            [
                {
                    "partner_id": self.customer.id,
                    "user_id": self.employee.id,
                    "team_id": self.team.id,
                    "product_id": self.product.id,
                    "res_model": "stock.picking",
                    "res_id": picking.id,
                }
            ],
        )

    def test_several_products_are_none(self):
        trigger = self.shipped("crm_surveys_stock.crm_survey_trigger_delivered")
        self.customer.user_id = self.colleague
        self._deliver(self.product, self.other_product)

        self.run_job(trigger)

        self.assertRecordValues(
            self.invitations(trigger), [{"product_id": False, "user_id": self.colleague.id}]
        )

    def test_goods_that_went_back_to_a_supplier_ask_nobody(self):
        trigger = self.shipped("crm_surveys_stock.crm_survey_trigger_delivered")
        self._deliver(self.product, destination="stock.stock_location_suppliers")

        self.run_job(trigger)

        self.assertFalse(self.invitations(trigger))
