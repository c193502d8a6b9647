from odoo.fields import Command

from odoo.addons.crm_complaints.tests.common import ComplaintsCase


class DeliveriesCase(ComplaintsCase):
    """The customer got five cabinets of a lot and a lamp; a stranger got cabinets of another lot.

    The packer works in the warehouse and has no rights on complaints; the keeper has both.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.packer, cls.keeper = cls._make_users(
            ("cmp_packer", "Paul Packer", "stock.group_stock_user"),
            ("cmp_keeper", "Kim Keeper", "stock.group_stock_user"),
        )
        cls.keeper.group_ids += cls.env.ref("crm_complaints.group_all")
        cls.cabinet, cls.lamp = cls.env["product.product"].create(
            [
                {"name": "Test Cabinet", "is_storable": True, "tracking": "lot"},
                {"name": "Test Lamp", "is_storable": True},
            ]
        )
        cls.cabinet.standard_price, cls.lamp.standard_price = 70, 8
        cls.lot, cls.foreign_lot, cls.new_lot = cls.env["stock.lot"].create(
            [{"name": f"TEST-{number}", "product_id": cls.cabinet.id} for number in (1, 2, 3)]
        )
        cls.lamp_lot = cls.env["stock.lot"].create({"name": "LAMP-1", "product_id": cls.lamp.id})
        cls.warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.env.company.id)], limit=1
        )
        for lot in (cls.lot, cls.foreign_lot, cls.new_lot):
            cls._put_in_stock(cls.cabinet, 10, lot)
        cls._put_in_stock(cls.lamp, 10)
        cls.stranger = cls.env["res.partner"].create({"name": "Stranger Ltd", "is_company": True})
        cls.delivery = cls._deliver(cls.customer, (cls.cabinet, 5, cls.lot), (cls.lamp, 1, None))
        cls.foreign_delivery = cls._deliver(cls.stranger, (cls.cabinet, 2, cls.foreign_lot))

    @classmethod
    def _put_in_stock(cls, product, quantity, lot=None):
        cls.env["stock.quant"]._update_available_quantity(
            product, cls.warehouse.lot_stock_id, quantity, lot_id=lot
        )

    @classmethod
    def _deliver(cls, partner, *goods, done=True):
        """Return a delivery of goods: product, quantity, lot."""
        places = {
            "location_id": cls.warehouse.lot_stock_id.id,
            "location_dest_id": cls.env.ref("stock.stock_location_customers").id,
        }
        picking = cls.env["stock.picking"].create(
            {
                "picking_type_id": cls.warehouse.out_type_id.id,
                "partner_id": partner.id if partner else False,
                "move_ids": [
                    Command.create(
                        {"product_id": product.id, "product_uom_qty": quantity, **places}
                    )
                    for product, quantity, _lot in goods
                ],
                **places,
            }
        )
        picking.action_confirm()
        for move, (_product, quantity, lot) in zip(picking.move_ids, goods, strict=True):
            move._do_unreserve()
            cls.env["stock.move.line"].create(
                {**move._prepare_move_line_vals(quantity), "lot_id": lot.id if lot else False}
            )
        if done:
            cls._finish(picking)
        return picking

    @classmethod
    def _finish(cls, picking, user=None):
        """Do a transfer as it stands, or as ``user`` does it."""
        picking = picking.with_user(user) if user else picking
        picking.move_ids.picked = True
        picking.with_context(skip_backorder=True).button_validate()

    @classmethod
    def _grant(cls, kind, complaint=None, user=None, **values):
        """Return a granted compensation of a kind on a complaint about the lot."""
        complaint = complaint or cls.complaint(
            picking_id=cls.delivery.id, lot_id=cls.lot.id, product_id=cls.cabinet.id
        )
        remedy = cls.env.ref(f"crm_complaints.crm_complaint_remedy_{kind}")
        vals = {"complaint_id": complaint.id, "remedy_id": remedy.id, "amount": 100, **values}
        # the manager's limit covers it, so that it is granted at once
        compensations = cls.env["crm.complaint.compensation"].with_user(user or cls.manager)
        return compensations.create(vals).with_env(cls.env)

    def _return_wizard(self, compensation, user=None):
        action = compensation.with_user(user or self.keeper).action_return()
        wizards = self.env[action["res_model"]].with_user(user or self.keeper)
        return wizards.with_context(**action["context"]).create({})
