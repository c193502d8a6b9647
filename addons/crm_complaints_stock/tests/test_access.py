from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import DeliveriesCase


@tagged("post_install", "-at_install")
class TestAccess(DeliveriesCase):
    """Rights of the warehouse and rights on complaints: each deed needs its own."""

    def _may(self, user, deed):
        """Whether ``deed`` succeeds for ``user``; nothing of it stays."""
        try:
            with self.env.cr.savepoint() as savepoint:
                deed(user)
                self.env.flush_all()
                savepoint.rollback()
        except AccessError:
            return False
        return True

    def _link(self, user):
        self.case.with_user(user).write({"picking_id": self.delivery.id, "lot_id": self.lot.id})

    def _read_names(self, user):
        self.linked.with_user(user).read(["picking_id", "lot_id"])

    def _open(self, user):
        self.linked.with_user(user).action_picking()

    def _transfers(self, user):
        self.linked.with_user(user).read(["transfer_count"])

    def _count(self, user):
        self.delivery.with_user(user).read(["complaint_count"])
        self.lot.with_user(user).read(["complaint_count"])

    def _return(self, user):
        self._return_wizard(self.granted, user).action_create_returns()

    def _replace(self, user):
        self.granted.with_user(user).action_replace()

    def _finish_replacement(self, user):
        self.granted.with_user(self.keeper).action_replace()
        self._finish(self.granted.replacement_picking_id, user)

    def test_table_of_roles_and_deeds(self):
        self.case = self.complaint()
        self.granted = self._grant("replacement")
        self.linked = self.granted.complaint_id
        deeds = (
            self._link,
            self._read_names,
            self._open,
            self._transfers,
            self._count,
            self._return,
            self._replace,
            self._finish_replacement,
        )
        table = {
            # both rights; complaints only; warehouse only; another team's clerk; none
            self.keeper: (True, True, True, True, True, True, True, True),
            self.clerk: (False, True, False, False, False, False, False, False),
            self.packer: (False, False, False, False, False, False, False, True),
            self.colleague: (False, False, False, False, False, False, False, False),
            self.outsider: (False, False, False, False, False, False, False, False),
        }
        for user, row in table.items():
            for deed, expected in zip(deeds, row, strict=True):
                with self.subTest(user=user.login, deed=deed.__name__):
                    self.assertEqual(self._may(user, deed), expected)

    def test_whoever_sees_no_deliveries_works_on_complaints_about_them(self):
        linked = self.complaint(picking_id=self.delivery.id, lot_id=self.lot.id)

        linked.with_user(self.clerk).write({"name": "The lid does not close"})

        self.assertTrue(self.complaint(user=self.clerk, name="Late"))

    def test_t1_a_lot_out_of_reach_cannot_be_handed_in(self):
        complaints = self.env["crm.complaint"].with_user(self.outsider)

        with self.assertRaises(UserError):
            complaints.register_complaint({"name": "Broken", "lot_id": self.lot.id})

    def test_t1_the_phone_form_does_not_take_a_delivery_out_of_reach(self):
        context = {"active_model": "stock.picking", "active_id": self.delivery.id}
        wizards = self.env["crm.complaint.phone"].with_user(self.outsider).with_context(**context)

        found = wizards.default_get(["picking_id", "partner_id"])

        self.assertFalse(found.get("picking_id") or found.get("partner_id"))

    def test_t14_the_wizard_of_returns_checks_the_compensation(self):
        compensation = self._grant("return_goods")
        context = {
            "active_model": "stock.picking",
            "active_id": self.delivery.id,
            "default_compensation_id": compensation.id,
        }
        wizards = self.env["stock.return.picking"].with_user(self.packer).with_context(**context)

        with self.assertRaises(AccessError):
            wizards.create({}).action_create_returns()

    def test_t4_nobody_writes_the_transfers_of_a_compensation(self):
        compensation = self._grant("replacement").with_user(self.manager)
        for name in ("return_picking_id", "replacement_picking_id"):
            with self.assertRaisesRegex(UserError, "Leave it out"):
                compensation.write({name: self.delivery.id})
            with self.assertRaisesRegex(UserError, "Leave it out"):
                self._grant("replacement", compensation.complaint_id, **{name: self.delivery.id})

    def test_t4_no_default_of_a_context_makes_a_transfer_of_a_compensation(self):
        complaint = self.complaint(product_id=self.lamp.id)
        compensations = self.env["crm.complaint.compensation"].with_context(
            default_replacement_picking_id=self.delivery.id
        )
        remedy = self.env.ref("crm_complaints.crm_complaint_remedy_replacement")

        compensation = compensations.create(
            {"complaint_id": complaint.id, "remedy_id": remedy.id, "amount": 10}
        )

        self.assertFalse(compensation.replacement_picking_id)

    def test_whoever_has_no_rights_in_the_warehouse_works_on_complaints(self):
        case = self.complaint(picking_id=self.delivery.id).with_user(self.leader)

        case.impact = "high"
        made = case.create({"name": "Late", "team_id": self.team.id})

        self.assertEqual(case.impact, "high")
        self.assertTrue(made)

    def test_t1_an_action_names_no_lot_out_of_reach(self):
        actions = self.env["crm.complaint.action"].with_user(self.manager)
        vals = {"name": "Check the charge", "kind": "corrective"}
        action = actions.create(vals)

        with self.assertRaises(AccessError):
            action.lot_id = self.lot
        with self.assertRaises(AccessError):
            actions.create({**vals, "lot_id": self.lot.id})
        with self.assertRaises(AccessError):
            actions.with_context(default_lot_id=self.lot.id).create(vals)

    def test_t15_counters_show_only_complaints_one_sees(self):
        values = {"picking_id": self.delivery.id, "lot_id": self.lot.id}
        self.complaint(**values)
        self.complaint(**values, is_confidential=True, user_id=self.manager.id)
        self.manager.group_ids += self.env.ref("stock.group_stock_user")

        counts = [
            (
                self.delivery.with_user(user).complaint_count,
                self.lot.with_user(user).complaint_count,
            )
            for user in (self.keeper, self.manager)
        ]

        self.assertEqual(counts, [(1, 1), (2, 2)])

    def test_a_transfer_counts_the_complaint_it_settles(self):
        compensation = self._grant("replacement")
        compensation.with_user(self.keeper).action_replace()
        picking = compensation.replacement_picking_id.with_user(self.keeper)

        action = picking.action_complaints()

        self.assertEqual(picking.complaint_count, 1)
        self.assertEqual(
            self.env["crm.complaint"].with_user(self.keeper).search(action["domain"]),
            compensation.complaint_id.with_user(self.keeper),
        )

    def test_t15_transfers_are_listed_as_far_as_the_warehouse_shows_them(self):
        compensation = self._grant("replacement")
        compensation.with_user(self.keeper).action_replace()
        complaint = compensation.complaint_id

        seen = [
            len(complaint.with_user(user)._get_transfers()) for user in (self.keeper, self.clerk)
        ]

        self.assertEqual(seen, [1, 0])
