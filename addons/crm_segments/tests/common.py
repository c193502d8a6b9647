from datetime import datetime

from odoo.fields import Command

from odoo.addons.crm_deadline.tests.people import PeopleCase

#: Windows end with March 2026, unless a test says otherwise.
NOON = datetime(2026, 4, 10, 12)


class SegmentCase(PeopleCase):
    """A user and a manager of segments, and builders of customers, won deals and methods."""

    clock = NOON

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={"lang": "en_US", "tracking_disable": True})
        # what is there already is not what is tested
        cls.env["crm.segment.method"].search([]).action_archive()
        cls.company = cls.env["res.company"].create({"name": "Segmented Ltd"})
        cls.currency = cls.company.currency_id
        cls.user, cls.manager, cls.outsider = cls._make_users(
            ("segment_user", "Uma User", "crm_segments.group_user"),
            ("segment_manager", "Max Manager", "crm_segments.group_manager"),
            ("segment_outsider", "Otto Outsider", "sales_team.group_sale_salesman_all_leads"),
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )
        cls.won_stage = cls.env["crm.stage"].search([("is_won", "=", True)], limit=1)

    def setUp(self):
        super().setUp()
        self.at(self.clock)

    @classmethod
    def at(cls, moment):
        """Let the transaction's clock say this moment."""
        cls.env.flush_all()
        cls.env.cr._now = moment

    @classmethod
    def customer(cls, name="Customer", **values):
        return cls.env["res.partner"].create(
            {"name": name, "is_company": True, "company_id": cls.company.id, **values}
        )

    @classmethod
    def won(cls, partner, amount, day="2026-03-10", **values):
        """Win a deal of a customer on a day."""
        lead = cls.env["crm.lead"].create(
            {
                "name": "Won",
                "type": "opportunity",
                "partner_id": partner.id,
                "company_id": cls.company.id,
                "user_id": False,
                "team_id": False,
                "expected_revenue": amount,
                "stage_id": cls.won_stage.id,
                "probability": 100,
                **values,
            }
        )
        lead.date_closed = datetime.fromisoformat(f"{day} 12:00:00")
        cls.env.flush_all()
        return lead

    @classmethod
    def method(cls, kind="abc", **values):
        return cls.env["crm.segment.method"].create(
            {"name": f"Test of {kind}", "kind": kind, "company_id": cls.company.id, **values}
        )

    @classmethod
    def codes(cls, method):
        """Return the code of each customer's class."""
        rows = cls.env["crm.segment.membership"].search([("method_id", "=", method.id)])
        return {row.partner_id: row.segment_id.code for row in rows}
