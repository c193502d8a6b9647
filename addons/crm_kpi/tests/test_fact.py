from datetime import date, datetime

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError
from odoo.tools import mute_logger

from ..models.engine.statement import Statement
from .common import NOON, KpiCase


class TestFact(KpiCase):
    """What is counted, for whom, and that it stays so."""

    def test_leads_are_counted_for_their_owner(self):
        measure = self.measure()
        self.lead(self.employee)
        self.lead(self.employee)
        self.lead(self.colleague)

        self.refresh(measure)

        self.assertEqual(self.values(measure), {self.employee.id: 2, self.colleague.id: 1})

    def test_what_belongs_to_nobody_is_a_row_of_its_own(self):
        measure = self.measure(domain=[("name", "=", "Measured")])
        self.lead(self.employee)
        self.lead(None)

        self.refresh(measure)

        self.assertEqual(self.values(measure), {self.employee.id: 1, 0: 1})
        self.assertEqual(self.values(measure, by=()), {(): 2})

    def test_handing_a_lead_over_later_moves_nothing(self):
        measure = self.measure(aggregate="sum", value_field="expected_revenue")
        lead = self.lead(self.employee, amount=100)
        self.refresh(measure)

        self.hand_over(lead, self.colleague, at=datetime(2026, 3, 12))
        self.refresh(measure)

        self.assertEqual(self.values(measure), {self.employee.id: 100})

    def test_what_happens_after_handing_over_is_the_new_owners(self):
        measure = self.measure(domain=[("won_status", "=", "won")], date_field="date_closed")
        lead = self.lead(self.employee)
        self.refresh(measure)
        self.hand_over(lead, self.colleague, at=datetime(2026, 3, 12))
        self.refresh(measure)

        self.win(lead, at=datetime(2026, 3, 15))
        self.refresh(measure)

        self.assertEqual(self.values(measure), {self.colleague.id: 1})

    def test_counting_everything_anew_adds_nothing(self):
        measure = self.measure(aggregate="sum", value_field="expected_revenue")
        lead = self.lead(self.employee, amount=100)
        self.lead(None, amount=7)
        self.refresh(measure)
        self.hand_over(lead, self.colleague, at=datetime(2026, 3, 12))
        self.refresh(measure)

        self.assertEqual(self.rebuild(measure), 0)

    def test_the_team_is_that_of_the_moment(self):
        measure = self.measure()
        self.lead(self.employee)
        self.refresh(measure)

        self.at(datetime(2026, 4, 1))
        self.team.crm_team_member_ids.unlink()
        self.env["crm.team.member"].create(
            {"crm_team_id": self.other_team.id, "user_id": self.employee.id}
        )
        self.lead(self.employee, at=datetime(2026, 4, 2))
        self.refresh(measure)

        self.assertEqual(self.values(measure, by=("team_id",)), {self.team.id: 1})
        april = self.values(measure, date(2026, 4, 1), date(2026, 4, 30), by=("team_id",))
        self.assertEqual(april, {self.other_team.id: 1})
        self.assertEqual(self.rebuild(measure), 0)

    def test_a_later_change_is_a_row_of_its_own(self):
        measure = self.measure(aggregate="sum", value_field="expected_revenue")
        lead = self.lead(self.employee, amount=100)
        self.refresh(measure)
        before = self.env["crm.kpi.fact"].search([("measure_id", "=", measure.id)])

        self.at(datetime(2026, 4, 19))
        lead.expected_revenue = 130
        self.refresh(measure)

        after = self.env["crm.kpi.fact"].search([("measure_id", "=", measure.id)])
        self.assertRecordValues(before, [{"value_sum": 100, "is_restatement": False}])
        self.assertRecordValues(
            after - before, [{"value_sum": 30, "value_count": 0, "is_restatement": True}]
        )
        self.assertEqual(self.values(measure), {self.employee.id: 130})

    def test_days_are_those_of_the_company(self):
        measure = self.measure()
        self.lead(self.employee, at=datetime(2026, 3, 31, 20, 59))
        self.lead(self.employee, at=datetime(2026, 3, 31, 21, 0))

        self.refresh(measure)

        facts = self.env["crm.kpi.fact"].search([("measure_id", "=", measure.id)], order="date")
        self.assertEqual(facts.mapped("date"), [date(2026, 3, 31), date(2026, 4, 1)])

    def test_a_lead_that_left_a_day_counts_there_no_more(self):
        measure = self.measure(domain=[("won_status", "=", "won")], date_field="date_closed")
        lead = self.lead(self.employee)
        self.win(lead)
        self.refresh(measure)

        self.at(datetime(2026, 4, 6))
        lead.date_closed = datetime(2026, 4, 5)
        self.refresh(measure)

        self.assertEqual(self.values(measure), {})
        self.assertEqual(
            self.values(measure, date(2026, 4, 1), date(2026, 4, 30)), {self.employee.id: 1}
        )

    def test_a_deleted_lead_is_taken_back_by_the_audit(self):
        measure = self.measure()
        lead = self.lead(self.employee)
        self.refresh(measure)

        lead.unlink()
        self.rebuild(measure)

        self.assertEqual(self.values(measure), {})

    def test_each_aggregate_is_what_its_name_says(self):
        partners = self.env["res.partner"].create([{"name": "First"}, {"name": "Second"}])
        for amount, partner, day in [(100, 0, 3), (300, 0, 10), (200, 1, 20)]:
            at = datetime(2026, 3, day, 12)
            lead = self.lead(self.employee, at=at, amount=amount, partner_id=partners[partner].id)
            if amount > 100:
                self.win(lead, at=datetime(2026, 3, day + 2, 12))
        value, partner = {"value_field": "expected_revenue"}, {"value_field": "partner_id"}
        expected = {
            "count": ({}, 3),
            "sum": (value, 600),
            "avg": (value, 200),
            "min": (value, 100),
            "max": (value, 300),
            "count_distinct": (partner, 2),
            "first_ever": (partner, 2),
            "last_ever": (partner, 2),
            "share": ({"part_domain": [("won_status", "=", "won")]}, 200 / 3),
            "duration": (
                {
                    "date_field": "date_closed",
                    "is_working_time": False,
                    "unit": "days",
                    "domain": [("won_status", "=", "won")],
                },
                2,
            ),
        }
        measures = {
            aggregate: self.measure(f"of_{aggregate}", aggregate=aggregate, **values)
            for aggregate, (values, _value) in expected.items()
        }

        self.refresh(*measures.values())

        for aggregate, measure in measures.items():
            with self.subTest(aggregate=aggregate):
                self.assertEqual(measure.state, "ready", measure.problem)
                found = self.values(measure)[self.employee.id]
                self.assertAlmostEqual(found, expected[aggregate][1], 3)

    def test_working_time_leaves_out_the_night(self):
        measure = self.measure(
            aggregate="duration",
            date_field="date_closed",
            unit="hours",
            domain=[("won_status", "=", "won")],
        )
        # from 16:00 of Tuesday to 10:00 of Wednesday in Moscow, with 8-12 and 13-17
        lead = self.lead(self.employee, at=datetime(2026, 3, 10, 13))
        self.win(lead, at=datetime(2026, 3, 11, 7))

        self.refresh(measure)

        self.assertAlmostEqual(self.values(measure)[self.employee.id], 3, 3)

    def test_a_model_is_read_once_however_much_is_measured(self):
        axes = ["create_date", "date_closed"]
        measures = self.env["crm.kpi.measure"].union(
            *(
                self.measure(f"{aggregate}_{axis}", aggregate=aggregate, date_field=axis, **values)
                for axis in axes
                for aggregate, values in {
                    "count": {"domain": [("priority", "=", "1")]},
                    "sum": {"value_field": "expected_revenue"},
                    "first_ever": {"value_field": "partner_id"},
                    "share": {"part_domain": [("priority", "=", "1")]},
                }.items()
            )
        )
        firms = self.env["crm.kpi.engine"]._prepare_firms(measures)

        statement = Statement(measures, firms, None, self.company.id).rows()

        self.assertEqual(statement.code.count('"crm_lead" WHERE'), 0)
        self.assertEqual(statement.code.count('FROM "crm_lead"'), 1)

    def test_facts_are_written_through_no_door(self):
        measure = self.measure()
        self.lead(self.employee)
        self.refresh(measure)
        fact = self.env["crm.kpi.fact"].search([("measure_id", "=", measure.id)])

        for user in (self.manager, self.env.ref("base.user_admin"), self.env.user):
            record = fact.with_user(user).sudo()
            for deed in (
                lambda r=record: r.write({"value_sum": 999}),
                lambda r=record: r.copy(),
                lambda r=record: r.unlink(),
            ):
                with self.assertRaises(AccessError):
                    deed()
        self.assertEqual(fact.value_sum, 1)

    def test_a_measure_with_facts_is_not_deleted(self):
        measure = self.measure()
        self.lead(self.employee, at=NOON)
        self.refresh(measure)

        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            measure.unlink()

    def test_handing_over_between_two_looks_of_the_job_is_noticed(self):
        measure = self.measure(domain=[("won_status", "=", "won")], date_field="date_closed")
        lead = self.lead(self.employee)
        self.refresh(measure)

        # won by one and taken by another before the job has looked
        self.win(lead, at=datetime(2026, 3, 15, 9, 0, 10))
        self.hand_over(lead, self.colleague, at=datetime(2026, 3, 15, 9, 0, 20))
        self.hand_over(lead, self.leader, at=datetime(2026, 3, 15, 9, 0, 30))
        self.refresh(measure)

        self.assertEqual(self.values(measure), {self.employee.id: 1})

    def test_the_owner_by_a_linked_document_is_whoever_had_that_one_on_the_day(self):
        customers = self.measure(
            "customers",
            model_id=self.env["ir.model"]._get_id("res.partner"),
            domain=[("ref", "=", "fact-carrier")],
        )
        leads = self.measure(actor_path="partner_id.user_id", domain=[("name", "=", "Measured")])
        customer = self.env["res.partner"].create(
            {"name": "Carrier", "ref": "fact-carrier", "user_id": self.employee.id}
        )
        self.refresh(customers)
        self.at(datetime(2026, 3, 12))
        customer.user_id = self.colleague
        self.refresh(customers)

        # counted for the first time when the customer had another salesperson for days
        for day in (10, 10, 15):
            self.lead(self.leader, at=datetime(2026, 3, day, 12), partner_id=customer.id)
        self.refresh(leads)

        self.assertEqual(self.values(leads), {self.employee.id: 2, self.colleague.id: 1})

    def test_t18_the_job_counts_once_and_names_what_breaks(self):
        sound, broken = self.measure("sound"), self.measure("ill", actor_path=False)
        self.lead(self.employee)
        self.stamp(broken, self.clock, domain="[('id', '=', 'no number')]")

        with mute_logger("odoo.sql_db"), self.enter_registry_test_mode():
            self.env.ref("crm_kpi.crm_kpi_refresh_cron").method_direct_trigger()
            self.env.ref("crm_kpi.crm_kpi_refresh_cron").method_direct_trigger()

        self.assertEqual(self.values(sound), {self.employee.id: 1})
        self.assertEqual(broken.state, "broken")
        self.assertEqual(len(self.env["crm.kpi.fact"].search([("measure_id", "=", sound.id)])), 1)
