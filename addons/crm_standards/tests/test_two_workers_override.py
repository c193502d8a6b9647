from contextlib import closing, contextmanager

from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, api
from odoo.fields import Command
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestTwoWorkersOverride(BaseCase):
    """Two moves at the same moment, with real connections: one exception opens one of them."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self.worker(is_kept=True) as env:
            stages = env["crm.stage"].create([{"name": "Here"}, {"name": "Gated"}])
            self.stage_ids = stages.ids
            lead = env["crm.lead"].create({"name": "Twice", "stage_id": stages[0].id})
            # a draft: it may be deleted again, and an exception does not ask
            law = env["crm.standard"].create(
                {
                    "name": "House rules",
                    "rule_ids": [
                        Command.create(
                            {
                                "name": "Know him",
                                "strength": "block",
                                "stage_ids": [Command.set(stages[1].ids)],
                                "field_ids": [
                                    Command.set(
                                        env["ir.model.fields"]._get("crm.lead", "partner_id").ids
                                    )
                                ],
                            }
                        )
                    ],
                }
            )
            self.lead_id, self.law_id, self.rule_id = lead.id, law.id, law.rule_ids.id
            overrides = env["crm.standard.override"]
            admin = env.ref("base.user_admin")
            values = overrides._prepare_request(lead, law.rule_ids, "At a fair", admin)
            expiry = {"state": "approved", "date_expiry": "2100-01-01 00:00:00"}
            self.override_id = overrides._sealed_create([{**values, **expiry}]).id
        self.addCleanup(self.remove)

    @contextmanager
    def worker(self, is_kept=False):
        """Work with a connection of one's own; what is done is thrown away unless ``is_kept``."""
        cursor = self.registry.cursor()
        with cursor if is_kept else closing(cursor) as cr:
            yield api.Environment(cr, SUPERUSER_ID, {})

    def remove(self):
        with self.worker(is_kept=True) as env:
            override = env["crm.standard.override"].browse(self.override_id)
            override.decision_ids._sealed_unlink()
            override._sealed_unlink()
            lead = env["crm.lead"].browse(self.lead_id)
            # the log has no door for this; the database of the tests is ours
            env.cr.execute("DELETE FROM crm_standard_transition WHERE lead_id = %s", [lead.id])
            lead.unlink()
            env["crm.standard"].browse(self.law_id).unlink()
            env["crm.stage"].browse(self.stage_ids).unlink()

    def usable(self, env):
        """Return the id of the exception that a move past the rule would find."""
        pair = (self.lead_id, self.rule_id)
        return env["crm.standard.override"]._find_usable({pair}).get(pair)

    @mute_logger("odoo.sql_db")
    def test_t18_of_two_moves_that_saw_one_exception_one_has_it(self):
        with self.worker() as late:
            self.assertEqual(self.usable(late), self.override_id)
            with self.worker(is_kept=True) as quick:
                quick["crm.standard.override"]._use([self.usable(quick)])

            with self.assertRaises(SerializationFailure):
                late["crm.standard.override"]._use([self.override_id])

        with self.worker() as anew:  # as Odoo does with a request that failed so
            self.assertIsNone(self.usable(anew))
            used = anew["crm.standard.override"].browse(self.override_id)
            self.assertEqual(used.decision_ids.mapped("deed"), ["used"])

    def test_t18_exception_of_a_move_that_failed_is_not_spent(self):
        with self.worker() as broken:
            broken["crm.standard.override"]._use([self.usable(broken)])

        with self.worker() as anew:
            self.assertEqual(self.usable(anew), self.override_id)
            self.assertFalse(anew["crm.standard.override"].browse(self.override_id).decision_ids)
