from datetime import date, datetime, timedelta

from odoo.fields import Command
from odoo.tools import SQL

from odoo.addons.crm_deadline.tests.people import PeopleCase

#: All of it lies in this month, unless a test says otherwise.
FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)
NOON = datetime(2026, 3, 10, 12)


class KpiCase(PeopleCase):
    """People by role, two teams, and builders of measures and leads.

    The employee is of the team that the leader leads; the colleague is of another team; the
    outsider has no group of KPI. Days are those of Moscow.
    """

    clock = NOON

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={"lang": "en_US", "tracking_disable": True})
        # what the add-on brings is not what is tested
        cls.env["crm.kpi.measure"].search([]).action_archive()
        cls.company = cls.env.company
        cls.company.resource_calendar_id = cls.env["resource.calendar"].create(
            {"name": "Moscow", "tz": "Europe/Moscow", "company_id": cls.company.id}
        )
        (
            cls.employee,
            cls.colleague,
            cls.leader,
            cls.manager,
            cls.outsider,
            cls.customer_user,
        ) = cls._make_users(
            ("kpi_employee", "Emil Employee", "crm_kpi.group_user"),
            ("kpi_colleague", "Cora Colleague", "crm_kpi.group_user"),
            ("kpi_leader", "Lena Leader", "crm_kpi.group_leader"),
            ("kpi_manager", "Mara Manager", "crm_kpi.group_manager"),
            ("kpi_outsider", "Oskar Outsider", "base.group_user"),
            ("kpi_customer", "Paul Portal", "base.group_portal"),
        )
        cls.manager.group_ids = [
            Command.link(cls.env.ref("sales_team.group_sale_salesman_all_leads").id)
        ]
        cls.team = cls._make_team("Measured Team", cls.employee, user_id=cls.leader.id)
        cls.other_team = cls._make_team("Other Measured Team", cls.colleague)
        cls.stamp(cls.employee | cls.colleague, datetime(2026, 1, 1))
        cls.lost_reason = cls.env["crm.lost.reason"].create({"name": "Too dear"})
        cls.won_stage = cls.env["crm.stage"].search([("is_won", "=", True)], limit=1)

    def setUp(self):
        super().setUp()
        # the story's clock: the latest moment at which something was written
        type(self).clock = NOON
        self.at(NOON)

    @classmethod
    def measure(cls, code="measured", **values):
        """Define a measure of leads: by default their number on the day they were created."""
        return cls.env["crm.kpi.measure"].create(
            {
                "name": f"Test of {code}",
                "code": code,
                "model_id": cls.env["ir.model"]._get_id("crm.lead"),
                **values,
            }
        )

    @classmethod
    def indicator(cls, code, formula=None, **values):
        """Define an indicator: a formula, if one is given."""
        vals = {"name": f"Indicator {code}", "code": code, **values}
        if formula is not None:
            vals |= {"kind": "formula", "formula": formula}
        return cls.env["crm.kpi.indicator"].create(vals)

    @classmethod
    def target(cls, indicator, user=None, **values):
        """Put a target for March in force; without a user, it is that of the company."""
        target = cls.env["crm.kpi.target"].create(
            {
                "indicator_id": indicator.id,
                "user_id": user.id if user else False,
                "date_from": FIRST,
                **values,
            }
        )
        target.action_agree()
        return target

    @classmethod
    def lead(cls, user=None, at=NOON, amount=0, **values):
        """Create a lead of a user at a moment."""
        cls.at(at)
        lead = cls.env["crm.lead"].create(
            {
                "name": "Measured",
                "type": "opportunity",
                "user_id": user.id if user else False,
                "expected_revenue": amount,
                **values,
            }
        )
        cls.env.flush_all()
        return lead

    @classmethod
    def at(cls, moment):
        """Let the transaction's clock, by which records are stamped, say this moment."""
        cls.env.flush_all()
        cls.clock = max(cls.clock, moment)
        cls.env.cr._now = moment

    @classmethod
    def win(cls, lead, at=NOON):
        """Win a lead at a moment."""
        cls.at(at)
        lead.write({"stage_id": cls.won_stage.id})
        lead.date_closed = at
        cls.env.flush_all()

    @classmethod
    def hand_over(cls, lead, user, at=NOON):
        """Give a lead to somebody else at a moment."""
        cls.at(at)
        lead.user_id = user
        cls.env.flush_all()

    @classmethod
    def stamp(cls, records, at, **columns):
        """Say when records were written last: the clock of the database cannot be set."""
        cls.at(at)
        for name, value in {"write_date": at, **columns}.items():
            cls.env.execute_query(
                SQL(
                    "UPDATE %s SET %s = %s WHERE id = ANY(%s) RETURNING id",
                    SQL.identifier(records._table),
                    SQL.identifier(name),
                    value,
                    records.ids,
                )
            )
        records.invalidate_recordset()

    @classmethod
    def refresh(cls, *measures):
        """Count as the job does every minute, a minute after the last change."""
        engine = cls.env["crm.kpi.engine"].sudo()  # as the job does
        measures = cls.env["crm.kpi.measure"].union(*measures) or engine._get_measures()
        cls.at(cls.clock + timedelta(minutes=1))
        engine._watch_people()
        for group in measures.grouped("model_name").values():
            engine._refresh(group)

    @classmethod
    def rebuild(cls, *measures):
        """Count everything anew; return how many rows had to be added."""
        cls.at(cls.clock + timedelta(minutes=1))
        return cls.env["crm.kpi.engine"]._rebuild(cls.env["crm.kpi.measure"].union(*measures))

    @classmethod
    def values(cls, measure, first=FIRST, last=LAST, by=("user_id",), user=None):
        """Return values by dimension; one dimension comes without a tuple."""
        facts = cls.env["crm.kpi.fact"].with_user(user or cls.env.user)
        found = facts._get_values(measure, first, last, by).get(measure)
        if found is None or len(by) != 1:
            return found
        return {key: value for (key,), value in found.items()}

    @classmethod
    def shipped(cls, module):
        """Return the measures and indicators an add-on brings, the measures in use again."""
        data = cls.env["ir.model.data"].search([("module", "=", module)]).grouped("model")
        measures, indicators = (
            cls.env[name].browse(data[name].mapped("res_id"))
            for name in ("crm.kpi.measure", "crm.kpi.indicator")
        )
        # formulas read what crm_kpi itself brings, too
        core = cls.env["ir.model.data"].search(
            [("module", "=", "crm_kpi"), ("model", "=", "crm.kpi.measure")]
        )
        (measures | measures.browse(core.mapped("res_id"))).action_unarchive()
        return measures, indicators

    def assert_countable(self, module):
        """Fail if anything an add-on brings cannot be counted."""
        measures, indicators = self.shipped(module)
        self.rebuild(measures)
        problems = [*measures.mapped("problem"), *indicators.mapped("problem")]
        self.assertEqual([problem for problem in problems if problem], [])
        self.assertEqual(set(measures.mapped("state")), {"ready"})
