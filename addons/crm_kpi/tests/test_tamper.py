from datetime import datetime, timedelta

from odoo.exceptions import AccessError
from odoo.service.model import get_public_method
from odoo.tools import SQL, mute_logger

from .common import NOON
from .test_closing import ClosingCase

#: What judges people, table by table.
JUDGING = [
    "crm.kpi.measure",
    "crm.kpi.indicator",
    "crm.kpi.target",
    "crm.kpi.card",
    "crm.kpi.card.line",
    "crm.kpi.card.rung",
    "crm.kpi.fact",
    "crm.kpi.owner.log",
    "crm.kpi.source",
    "crm.kpi.trace",
    "crm.kpi.dirty",
    "crm.kpi.closing",
    "crm.kpi.result",
    "crm.kpi.result.line",
    "crm.kpi.restatement",
    "crm.kpi.adjustment",
    "crm.kpi.oddity",
]
#: What a caller may send along with any method.
SENT = ((), ([],), ({},), ([{}],), ({"score": 999, "value_sum": 999, "target": 1},))


class TestTamper(ClosingCase):
    """Nobody changes by any public method what people are judged by."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.at(datetime(2026, 3, 10, 12))

    def setUp(self):
        super().setUp()
        lead = self.lead(self.employee, amount=500)
        self.refresh()
        self.hand_over(lead, self.colleague, at=NOON + timedelta(hours=1))
        self.target(self.sold, self.colleague, target=1000)
        closing = self.close()
        self.env["crm.kpi.adjustment"].with_user(self.manager)._enter(
            self.card, self.sold, self.colleague, closing.date_from, 10, "Forgotten"
        )
        closing._restate()
        self.before = self.picture()

    def picture(self):
        """Return all of it, as it is in the database."""
        self.env.flush_all()
        return [
            self.env.execute_query(
                SQL("SELECT t::text FROM %s AS t ORDER BY id", SQL.identifier(self.env[n]._table))
            )
            for n in JUDGING
        ]

    def get_public_methods(self, records):
        """Return the names of all methods that can be called from outside."""
        found = []
        for name in dir(type(records)):
            try:
                get_public_method(records, name)
            except (AccessError, AttributeError):
                continue
            found.append(name)
        return found

    def try_all(self, user, names):
        tried = 0
        for model in names:
            records = self.env[model].search([]).with_user(user)
            self.assertTrue(records or model in ("crm.kpi.dirty", "crm.kpi.oddity"), model)
            for name in self.get_public_methods(records):
                for sent in SENT:
                    self.call(records, name, sent)
                    tried += 1
        return tried

    def call(self, records, name, sent):
        """Call a method as RPC would, and see that nothing has changed."""
        with self.env.cr.savepoint() as savepoint:
            try:
                getattr(records, name)(*sent)
                self.env.flush_all()
            except Exception:  # whatever a method says to nonsense
                savepoint.rollback()
            self.env.invalidate_all()
            self.assertEqual(self.picture(), self.before, f"{records._name}.{name}{sent}")

    @mute_logger("odoo.sql_db", "odoo.models", "odoo.fields", "odoo.addons.mail.models.mail_thread")
    def test_t14_an_employee_changes_nothing_by_any_public_method(self):
        self.assertGreater(self.try_all(self.employee, JUDGING), 4000)

    @mute_logger("odoo.sql_db", "odoo.models", "odoo.fields", "odoo.addons.mail.models.mail_thread")
    def test_t14_not_even_a_manager_writes_what_was_counted_or_closed(self):
        sealed = [name for name in JUDGING if "_sealed_create" in dir(self.env[name])]

        self.assertGreater(self.try_all(self.manager, sealed), 2000)
