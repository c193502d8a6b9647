from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.service.model import call_kw
from odoo.tests import users

from .common import DeadlineCase


class TestSealed(DeadlineCase):
    """Threats T14, T19: nobody edits what judges a person, through any door."""

    def setUp(self):
        super().setUp()
        self.clock = self._start()

    def test_sudo_changes_neither_clock_nor_ledger(self):
        for records, vals in [
            (self.clock, {"date_due": "2030-01-01"}),
            (self.clock, {"state": "met"}),
            (self.clock.event_ids, {"date": "2030-01-01"}),
        ]:
            context = dict.fromkeys(("install_mode", "module", "tracking_disable"), True)
            privileged = records.sudo().with_context(**context)
            with self.subTest(records=records, vals=vals):
                with self.assertRaisesRegex(AccessError, "written by the system only"):
                    privileged.write(vals)
                with self.assertRaises(AccessError):
                    privileged.unlink()
                with self.assertRaises(AccessError):
                    privileged.copy()
                with self.assertRaises(AccessError):
                    records.sudo().create(records.copy_data()[0])

    def test_assigning_a_field_is_a_write(self):
        with self.assertRaises(AccessError):
            self.clock.sudo().state = "met"
        self.env.invalidate_all()

        self.assertEqual(self.clock.state, "running")

    def test_commands_from_the_other_side_are_refused(self):
        event = self.clock.event_ids
        for command in (
            Command.delete(event.id),
            Command.clear(),
            Command.update(event.id, {"kind": "stop"}),
            Command.create({"kind": "stop"}),
        ):
            with self.subTest(command=command), self.assertRaises(AccessError):
                self.clock.sudo().write({"event_ids": [command]})

    @users("admin", "dl_salesman", "dl_manager", "dl_portal")
    def test_rpc_offers_no_way(self):
        clock_id, event_id = self.clock.id, self.clock.sudo().event_ids.id
        for model, method, args in [
            ("crm.deadline.clock", "write", [[clock_id], {"state": "met"}]),
            ("crm.deadline.clock", "unlink", [[clock_id]]),
            ("crm.deadline.clock", "create", [[{"kind": "x"}]]),
            ("crm.deadline.clock", "_stop", [[clock_id]]),
            ("crm.deadline.clock", "_sealed_write", [[clock_id], {"state": "met"}]),
            ("crm.deadline.event", "write", [[event_id], {"date": "2030-01-01"}]),
            ("crm.deadline.event", "unlink", [[event_id]]),
            ("crm.deadline.event", "create", [[{"clock_id": clock_id, "kind": "stop"}]]),
            ("crm.deadline.event", "web_save", [[event_id], {"reason": "x"}, {}]),
        ]:
            with self.subTest(model=model, method=method), self.assertRaises(AccessError):
                call_kw(self.env[model], method, args, {})

    def test_import_is_refused(self):
        result = self.env["crm.deadline.clock"].load(
            ["kind", "res_model_id/.id", "res_id"],
            [["answer", str(self.env["ir.model"]._get_id("crm.lead")), str(self.lead.id)]],
        )

        self.assertFalse(result["ids"])
        self.assertIn("written by the system only", result["messages"][0]["message"])
