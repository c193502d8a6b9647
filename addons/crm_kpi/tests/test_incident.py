from datetime import date, datetime

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command

from .common import NOON, KpiCase

TODAY = date(2026, 4, 10)


class IncidentCase(KpiCase):
    """A builder of rules, and opportunities that hang in one stage."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.kpi.watch"].search([]).action_archive()

    def rule(self, **values):
        return self.env["crm.kpi.watch"].create({"name": "Test rule", **values})

    def find(self, rule, day=TODAY):
        rule._find(day)
        return self.env["crm.kpi.incident"].search([("rule_id", "=", rule.id)], order="id")

    def stuck(self, count=10, **values):
        """Put opportunities of the employee into the first stage."""
        stage = self.env["crm.stage"].search([], order="sequence", limit=1)
        leads = self.env["crm.lead"]
        for _number in range(count):
            leads |= self.lead(self.employee, NOON, stage_id=stage.id, **values)
        return leads

    def stage_rule(self, **values):
        return self.rule(kind="stage", level="person", limit=80, least_count=10, **values)

    def mine(self, incidents):
        return incidents.filtered(lambda incident: incident.user_id == self.employee)


class TestIncident(IncidentCase):
    """What is not normal becomes one incident with an owner, and stays until it is explained."""

    def test_one_thing_is_one_incident_however_often_it_is_seen(self):
        self.stuck()
        rule = self.stage_rule()

        self.find(rule)
        found = self.mine(self.find(rule))

        self.assertEqual(len(found), 1)
        self.assertEqual(found.value, 100)
        self.assertEqual(found.state, "open")

    def test_what_is_gone_says_so_and_comes_back_as_something_new(self):
        leads = self.stuck()
        rule = self.stage_rule()
        found = self.mine(self.find(rule))
        leads.action_archive()
        self.find(rule)
        gone = found.state

        leads.action_unarchive()

        self.assertEqual(gone, "over")
        self.assertEqual(self.mine(self.find(rule)).mapped("state"), ["over", "open"])

    def test_the_leader_gets_it_and_nobody_his_own(self):
        self.stuck()

        self.assertEqual(self.mine(self.find(self.stage_rule())).owner_id, self.leader)

    def test_it_is_closed_with_a_cause(self):
        self.stuck()
        incident = self.mine(self.find(self.stage_rule())).with_user(self.leader)
        with self.assertRaisesRegex(UserError, "note the cause first"):
            incident.action_close()
        incident.cause = "The fair brought all of them at once."

        incident.action_close()

        self.assertEqual((incident.state, incident.closed_user_id), ("closed", self.leader))

    def test_nobody_looks_into_his_own(self):
        self.env["crm.team.member"].create({"crm_team_id": self.team.id, "user_id": self.leader.id})
        self.hand_over(self.stuck(), self.leader)
        found = self.find(self.stage_rule())
        incident = found.filtered(lambda one: one.user_id == self.leader)
        own = incident.with_user(self.leader)

        self.assertNotEqual(incident.owner_id, self.leader)
        with self.assertRaisesRegex(UserError, "it is about you"):
            own.action_close()
        with self.assertRaisesRegex(ValidationError, "somebody else"), self.env.cr.savepoint():
            own.action_take()

    def judged(self):
        """Return a measure, and a scorecard on which the employee is red in March."""
        won = self.measure(
            "incident_won",
            domain="[('won_status', '=', 'won')]",
            aggregate="sum",
            value_field="expected_revenue",
            date_field="date_closed",
            unit="money",
        )
        worth = self.indicator("incident_worth", measure_id=won.id)
        card = self.env["crm.kpi.card"].create(
            {
                "name": "Judged",
                "user_ids": (self.employee | self.colleague).ids,
                "line_ids": [Command.create({"indicator_id": worth.id})],
            }
        )
        for user, amount in ((self.employee, 300), (self.colleague, 1000)):
            self.win(self.lead(user, amount=amount))
            self.target(worth, user, target=1000)
        self.rebuild(won)
        return won, card

    def other_company(self):
        """Return another company, which the employee works for as well."""
        other = self.env["res.company"].create({"name": "Other company of KPI"})
        self.employee.company_ids |= other
        return other

    def rows(self, incident):
        incident.invalidate_recordset()  # as it is read later, by somebody
        action = incident.action_open_rows()
        return self.env[action["res_model"]].search(action["domain"])

    def test_red_scores_of_the_last_month_are_found(self):
        _won, card = self.judged()

        found = self.find(self.rule(kind="zone", card_id=card.id))

        self.assertEqual(found.user_id, self.employee)
        self.assertEqual(found.value, 30)

    def test_red_on_two_scorecards_are_two_incidents_that_name_them(self):
        self.env["crm.kpi.card"].search([]).action_archive()
        _won, card = self.judged()
        card.copy({"name": "Judged Again", "user_ids": [Command.set(self.employee.ids)]})

        found = self.mine(self.find(self.rule(kind="zone")))

        self.assertEqual(
            {incident.text.split(":")[0] for incident in found}, {"Judged", "Judged Again"}
        )
        self.assertEqual(len(found), 2)

    def test_rows_of_a_red_score_are_those_it_was_drawn_from(self):
        won, card = self.judged()
        self.lead(self.employee)
        others = self.measure("incident_other")
        self.win(self.lead(self.employee, amount=50, company_id=self.other_company().id))
        self.win(self.lead(self.employee, amount=70), datetime(2026, 4, 5, 9))
        self.rebuild(won, others)
        incident = self.mine(self.find(self.rule(kind="zone", card_id=card.id)))

        rows = self.rows(incident)

        self.assertEqual(rows.measure_id, won)
        self.assertEqual(rows.company_id, self.company)
        self.assertEqual(sum(rows.mapped("value_sum")), 300)

    def test_rows_of_a_stage_are_the_opportunities_that_were_counted(self):
        leads = self.stuck()
        self.stuck(1, type="lead")
        self.stuck(1, company_id=self.other_company().id)
        incident = self.mine(self.find(self.stage_rule()))

        self.assertEqual(self.rows(incident), leads.sorted())

    def test_a_customer_nobody_speaks_with_is_named(self):
        self.at(datetime(2026, 1, 1))
        silent, heard = self.env["res.partner"].create(
            [
                {"name": "Silent Ltd", "ref": "kpi-silent", "user_id": self.employee.id},
                {"name": "Heard Ltd", "ref": "kpi-silent", "user_id": self.employee.id},
            ]
        )
        self.stamp(silent | heard, datetime(2026, 1, 1), create_date=datetime(2026, 1, 1))
        message = heard.message_post(
            body="Hello", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        self.stamp(message, NOON, date=datetime(2026, 4, 1))

        found = self.find(
            self.rule(kind="silent", partner_domain="[('ref', '=', 'kpi-silent')]", silent_days=30)
        )

        self.assertEqual(found.partner_id, silent)
        self.assertEqual(found.value, 99)

    def test_a_rule_that_makes_no_sense_is_refused(self):
        for words, values in {
            "choose the indicator": {"kind": "trend"},
            "cannot be read": {"kind": "silent", "partner_domain": "[('nowhere', '=', 1)]"},
        }.items():
            with (
                self.subTest(words=words),
                self.assertRaisesRegex(ValidationError, words),
                self.env.cr.savepoint(),
            ):
                self.rule(**values)

    def test_t1_who_sees_and_who_closes(self):
        self.stuck()
        incident = self.mine(self.find(self.stage_rule()))
        deeds = {
            self.employee: (True, False),
            self.colleague: (False, False),
            self.leader: (True, True),
            self.manager: (True, True),
            self.outsider: (False, False),
        }
        for user, (reads, writes) in deeds.items():
            with self.subTest(user=user.name):
                self.assertEqual(incident.with_user(user).has_access("read"), reads)
                self.assertEqual(incident.with_user(user).has_access("write"), writes)

    def test_t1_what_was_found_is_written_by_nobody(self):
        self.stuck()
        incident = self.mine(self.find(self.stage_rule()))

        for values in ({"state": "closed"}, {"badness": 0}, {"date_over": NOON}, {"key": "x"}):
            with self.subTest(values=values), self.assertRaises(UserError):
                incident.with_user(self.manager).write(values)
        with self.assertRaises(AccessError):
            incident.with_user(self.manager).unlink()

    def test_the_page_is_empty_when_all_is_well(self):
        page = self.env["crm.kpi.incident"].with_user(self.colleague).get_page()

        self.assertEqual((page["total"], page["levels"]), (0, []))

    def test_the_page_shows_the_worst_first(self):
        self.stuck()
        incident = self.mine(self.find(self.stage_rule()))

        page = self.env["crm.kpi.incident"].with_user(self.leader).get_page()

        self.assertEqual(page["mine"], 1)
        self.assertEqual(page["levels"][-1]["level"], "person")
        self.assertEqual(page["levels"][-1]["incidents"][0]["id"], incident.id)
