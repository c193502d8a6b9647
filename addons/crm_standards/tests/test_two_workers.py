from contextlib import closing, contextmanager
from unittest.mock import patch

from odoo import SUPERUSER_ID, api, sql_db
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged

from odoo.addons.crm_standards.models.safety import crm_standard_safety_mixin


@tagged("post_install", "-at_install")
class TestTwoWorkers(BaseCase):
    """Two server processes at once, with real connections: each record is claimed by one."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self.worker(is_kept=True) as env:
            root, admin = env.ref("base.user_root"), env.ref("base.user_admin")
            handover = env["crm.standard.handover"]._create_offer(
                {"giver_id": root.id, "company_id": env.ref("base.main_company").id}
            )
            shares = env["crm.standard.handover.share"]
            shares._sealed_create(
                [{"handover_id": handover.id, "user_id": admin.id, "state": "accepted"}]
            )
            row = ("res.partner", env.ref("base.main_partner").id, "x", None, admin.id)
            handover._append_lines([(*row, "planned", None)] * 5)
            self.handover_id = handover.id
        self.addCleanup(self.remove)

    @contextmanager
    def worker(self, is_kept=False):
        """Work with a connection of one's own; what is done is thrown away unless ``is_kept``."""
        cursor = self.registry.cursor()
        with cursor if is_kept else closing(cursor) as cr:
            yield api.Environment(cr, SUPERUSER_ID, {})

    def remove(self):
        with self.worker(is_kept=True) as env:
            env["crm.standard.handover"].browse(self.handover_id).unlink()

    def test_lines_are_shared_and_none_is_claimed_twice(self):
        path = "odoo.addons.crm_standards.models.handover.crm_standard_handover_move.BATCH"
        with patch(path, 3), self.worker() as first, self.worker() as second:
            mine = first["crm.standard.handover"].browse(self.handover_id)._claim_lines()
            others = second["crm.standard.handover"].browse(self.handover_id)._claim_lines()

            self.assertEqual((len(mine), len(others)), (3, 2))
            self.assertFalse(set(mine.ids) & set(others.ids))

    def test_offer_back_is_made_by_one(self):
        with self.worker() as first, self.worker() as second:
            handovers = [
                env["crm.standard.handover"].browse(self.handover_id) for env in (first, second)
            ]

            for handover in handovers:
                handover._offer_back()

            self.assertEqual([h.is_return_offered for h in handovers], [True, False])

    def test_reading_on_a_replica_is_noted_when_it_is_over(self):
        connection = sql_db.db_connect(get_db_name(), readonly=True)
        with connection.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            admin = env.ref("base.user_admin")
            with patch.object(crm_standard_safety_mixin.Meter, "add", return_value=7):
                env["res.partner"].with_user(admin).search_read([], ["name"], limit=1)

        with self.worker(is_kept=True) as later:
            events = later["crm.standard.safety.event"]
            found = events.search([("kind", "=", "read"), ("record_count", "=", 7)])
            self.assertEqual(found.user_id.id, admin.id)
            found._sealed_unlink()
