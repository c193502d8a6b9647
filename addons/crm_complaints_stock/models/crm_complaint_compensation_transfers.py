from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..logic import goods


class CrmComplaintCompensation(models.Model):
    """Returns by Odoo's own wizard, replacements as new deliveries, and what follows from both.

    Whoever makes a transfer needs the rights of the warehouse; whoever finishes it needs none on
    complaints.
    """

    _inherit = "crm.complaint.compensation"

    # --- returns

    def action_return(self):
        """Open Odoo's wizard of returns on the delivery, filled in with what is to come back."""
        self._check_may_transfer("return")
        self._check_returnable()
        picking = self.complaint_id.picking_id
        action = self.env["ir.actions.act_window"]._for_xml_id("stock.act_stock_return_picking")
        context = {
            "active_model": "stock.picking",
            "active_id": picking.id,
            "active_ids": picking.ids,
            "default_compensation_id": self.id,
            # where accounting is installed: goods that are replaced stay sold
            "default_to_refund": self.kind not in ("replacement", "repair"),
        }
        return {**action, "context": context}

    def _check_returnable(self):
        """Refuse in plain words where nothing can come back."""
        complaint = self.complaint_id
        picking, product = complaint.picking_id, complaint.product_id
        if not picking:
            raise UserError(
                self.env._("Enter on the complaint which delivery the goods come back from.")
            )
        picking.check_access("read")
        if picking.state != "done":
            raise UserError(
                self.env._(
                    "The delivery %(delivery)s is not done, so nothing can come back from it."
                    " Finish it, or cancel it if the goods never left.",
                    delivery=picking.display_name,
                )
            )
        moves = picking.move_ids.filtered(
            lambda move: move.state == "done" and (not product or move.product_id == product)
        )
        if not moves:
            raise UserError(
                self.env._(
                    "“%(product)s” was not in the delivery %(delivery)s. Choose another delivery"
                    " on the complaint.",
                    product=product.display_name,
                    delivery=picking.display_name,
                )
            )
        if not any(self._get_left(move) for move in moves):
            raise UserError(
                self.env._(
                    "Nothing is left to return: all of it has come back from %(delivery)s, or is on"
                    " its way back.",
                    delivery=picking.display_name,
                )
            )

    def _get_left(self, move):
        """Return how much of a move can still come back, in its unit: of the lot, if one is named.

        What is on its way back counts as returned.
        """
        lot = self.complaint_id.lot_id

        def moved(some):
            if lot:
                lines = some.move_line_ids.filtered(lambda line: line.lot_id == lot)
                return sum(lines.mapped("quantity"))
            return some.quantity if some.state == "done" else some.product_uom_qty

        returned = move.returned_move_ids.filtered(lambda one: one.state != "cancel")
        return goods.returnable(moved(move), sum(map(moved, returned)))

    def _get_to_return(self, move):
        """Return how much of a move the wizard proposes to take back."""
        product = self.complaint_id.product_id
        if not product or move.product_id != product:
            return 0.0
        unit = move.product_uom
        wanted = product.uom_id._compute_quantity(self.goods_quantity, unit)
        return goods.returnable(self._get_left(move), 0, wanted)

    # --- replacements

    def action_replace(self):
        """Make a new delivery of what is replaced, and open it."""
        self._check_may_transfer("replacement")
        product = self.complaint_id.product_id
        if not product or product.type == "service":
            raise UserError(
                self.env._(
                    "Enter on the complaint which product is replaced: goods can be delivered,"
                    " services cannot."
                )
            )
        if not self.complaint_id.partner_id:
            raise UserError(
                self.env._("Enter on the complaint who complains: the goods go to his address.")
            )
        # the user's own right decides whether he may make deliveries
        picking = self.env["stock.picking"].create(self._prepare_replacement())
        self._write_facts({"replacement_picking_id": picking.id})
        picking.action_confirm()
        picking.action_assign()
        return picking._get_open_action()

    def _prepare_replacement(self):
        """Hook: return the values of the delivery that replaces."""
        complaint = self.complaint_id
        delivery, product = complaint.picking_id, complaint.product_id
        type_ = delivery.picking_type_id
        if type_.code != "outgoing":
            domain = [("company_id", "=", self.company_id.id)]
            type_ = self.env["stock.warehouse"].search(domain, limit=1).out_type_id
        partner = delivery.partner_id or complaint.partner_id
        company = complaint.partner_id.with_company(self.company_id)
        places = {
            # right from the stock: what is replaced waits for no picking and packing
            "location_id": (type_.warehouse_id.lot_stock_id or type_.default_location_src_id).id,
            "location_dest_id": (delivery.location_dest_id or company.property_stock_customer).id,
        }
        move = {
            "product_id": product.id,
            "product_uom": product.uom_id.id,
            "product_uom_qty": self.goods_quantity,
            "company_id": self.company_id.id,
            **places,
        }
        return {
            "picking_type_id": type_.id,
            "partner_id": partner.id,
            "company_id": self.company_id.id,
            "origin": self._get_replacement_origin(),
            "move_ids": [Command.create(move)],
            **places,
        }

    def _get_replacement_origin(self):
        """Say what it replaces; the warehouse need not know of a complaint."""
        delivery = self.complaint_id.picking_id
        if delivery:
            return self.env._("Replaces %(delivery)s", delivery=delivery.name)
        return self.env._("Replacement")

    # --- both

    def _check_may_transfer(self, direction):
        """Refuse what is not granted, or goes on already. Of two at once the second waits."""
        self.ensure_one()
        self.check_access("write")
        self.env["stock.picking"].check_access("create")
        self.lock_for_update()
        self._check_state("approved")
        if not self._is_free_to(direction):
            raise UserError(
                self.env._(
                    "There is a transfer already, or the remedy “%(remedy)s” needs none. Look at"
                    " the transfers of the complaint.",
                    remedy=self.remedy_id.name,
                )
            )

    def _is_free_to(self, direction):
        """Whether a remedy of this kind moves goods that way, and none are on their way."""
        kinds = goods.RETURN_KINDS if direction == "return" else {goods.REPLACEMENT}
        # sudo: whether there is a transfer does not depend on who may see it
        transfer = self.sudo()[f"{direction}_picking_id"]
        return self.kind in kinds and (not transfer or transfer.state == "cancel")

    def action_carry_out(self):
        """Refuse while goods are on their way: their transfer says when they have come."""
        for compensation in self:
            # sudo: whether a transfer is open does not depend on who may see it
            one = compensation.sudo()
            transfers = one.return_picking_id | one.replacement_picking_id
            transfers = transfers._get_with_backorders()
            if waiting := transfers.filtered(lambda some: some.state not in ("done", "cancel")):
                raise UserError(
                    self.env._(
                        "“%(compensation)s” is not carried out: the transfer %(transfer)s is open."
                        " Finish it, or cancel it.",
                        compensation=compensation.display_name,
                        transfer=waiting[0].name,
                    )
                )
        return super().action_carry_out()

    def _follow_transfers(self, pickings):
        """Carry out what these done transfers have settled, and keep the costs right; in sudo."""
        roots = pickings._get_with_origins()
        for direction in ("return", "replacement"):
            name = f"{direction}_picking_id"
            for one in self.search([(name, "in", roots.ids), ("state", "=", "approved")]):
                states = frozenset(one[name]._get_with_backorders().mapped("state"))
                if goods.carries_out(one.kind, direction, states):
                    one._carry_out()
        # a replacement that came back: it cost less, or nothing
        sent = roots.return_id._get_with_origins()
        domain = [("replacement_picking_id", "in", sent.ids), ("state", "=", "carried_out")]
        for one in self.search(domain) if sent else ():
            one._rebook_costs()

    def _rebook_costs(self):
        """Book anew what the replacement cost, now that part of it has come back."""
        costs = self.cost_ids.filtered("is_booked")
        if costs:
            costs._unbook()
        self.env["crm.complaint.cost"]._book(self._prepare_costs())

    def _prepare_costs(self):
        """A replacement costs what the goods cost that stayed with the customer."""
        # sudo: what it cost does not depend on who may see the warehouse
        transfers = self.sudo().replacement_picking_id._get_with_backorders()
        moves = transfers.move_ids.filtered(lambda move: move.state == "done")
        if not moves:
            return super()._prepare_costs()
        kept = {move: quantity for move in moves if (quantity := self._get_kept(move))}
        costs = [self._prepare_cost(move, quantity) for move, quantity in kept.items()]
        if kept and not any(cost["amount"] for cost in costs):
            # nobody has entered what the goods cost: what was granted is the best that is known
            return super()._prepare_costs()
        return costs

    def _get_kept(self, move):
        """Return how much of a done move stayed with the customer, in the unit of the product."""
        back = move.returned_move_ids.filtered(lambda one: one.state == "done")
        quantity = goods.kept(move.quantity, sum(back.mapped("quantity")))
        return move.product_uom._compute_quantity(quantity, move.product_id.uom_id)

    def _prepare_cost(self, move, quantity):
        """Return the values of the cost of what a done move has brought the customer."""
        product = move.product_id.with_company(self.company_id)
        currency = self.company_id.currency_id
        return {
            "complaint_id": self.complaint_id.id,
            "compensation_id": self.id,
            "kind": "replacement",
            "name": f"{move.picking_id.name}: {product.display_name}",
            "amount": currency.round(quantity * product.standard_price),
            "currency_id": currency.id,
            "date": fields.Date.context_today(self, move.date),
        }
