from datetime import date, timedelta

from odoo.exceptions import AccessError
from odoo.fields import Command

from ..logic.period import period_of
from .common import NOON, KpiCase


class TestOddity(KpiCase):
    """What makes figures better without work is counted, and shown beside the score."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        salesman = cls.env.ref("sales_team.group_sale_salesman_all_leads")
        for user in (cls.employee, cls.colleague):
            user.group_ids = [Command.link(salesman.id)]

    def counts(self, user=None, viewer=None):
        oddities = self.env["crm.kpi.oddity"].with_user(viewer or self.manager)
        user = user or self.employee
        period = period_of(oddities.sudo()._get_day(self.company), "month")
        return oddities._count_by_kind(user, period)[user]

    def activity(self, lead, user=None):
        return lead.with_user(user or self.employee).activity_schedule(
            "mail.mail_activity_data_todo",
            date_deadline=date(2026, 3, 10),
            user_id=self.employee.id,
        )

    def test_putting_off_is_noted_and_hastening_is_not(self):
        activity = self.activity(self.lead(self.employee))

        activity.date_deadline = date(2026, 3, 13)
        activity.date_deadline = date(2026, 3, 12)

        found = self.env["crm.kpi.oddity"].search([("user_id", "=", self.employee.id)])
        self.assertEqual((found.kind, found.amount, found.team_id), ("put_off", 3, self.team))
        self.assertEqual((found.res_model, found.author_id), ("crm.lead", self.employee))

    def test_an_activity_made_and_closed_at_once_is_noted(self):
        lead = self.lead(self.employee)
        hurried, other = self.activity(lead), self.activity(lead)

        self.at(NOON + timedelta(seconds=20))
        hurried.action_feedback(feedback="Done")
        self.at(NOON + timedelta(minutes=2))
        other.action_feedback(feedback="Done")

        self.assertEqual(self.counts(), {"hurried": 1})

    def test_what_somebody_else_has_asked_for_is_no_trick(self):
        activity = self.activity(self.lead(self.employee), self.colleague)

        activity.with_user(self.employee).action_feedback(feedback="Done")

        self.assertEqual(self.counts(), {})

    def test_reopening_is_noted_for_whose_it_was(self):
        lead = self.lead(self.employee)
        self.win(lead)
        open_stage = self.env["crm.stage"].search([("is_won", "=", False)], limit=1)

        lead.with_user(self.colleague).write({"stage_id": open_stage.id})

        self.assertEqual(self.counts(), {"reopened": 1})

    def test_what_the_system_does_is_nobodys_trick(self):
        lead = self.lead(self.employee)
        activity = self.activity(lead).with_user(self.env.user)

        activity.date_deadline = date(2026, 3, 20)

        self.assertEqual(self.counts(), {})

    def test_a_sale_in_parts_is_found_once(self):
        customer = self.env["res.partner"].create({"name": "Split Customer"})
        now = self.env.cr.now()
        for _number in range(3):
            self.win(self.lead(self.employee, at=now, partner_id=customer.id), at=now)
        oddities = self.env["crm.kpi.oddity"]

        oddities._cron_find()
        oddities._cron_find()

        found = oddities.search([("kind", "=", "split")])
        self.assertEqual((found.user_id, found.amount), (self.employee, 3))
        self.assertEqual((found.res_model, found.res_id), ("res.partner", customer.id))

    def test_t1_who_sees_which(self):
        activity = self.activity(self.lead(self.employee))
        activity.date_deadline = date(2026, 3, 13)
        seen = {self.employee: 1, self.colleague: 0, self.leader: 1, self.manager: 1}

        for user, count in seen.items():
            with self.subTest(user=user.name):
                found = self.env["crm.kpi.oddity"].with_user(user).search_count([])
                self.assertEqual(found, count)
        with self.assertRaises(AccessError):
            self.env["crm.kpi.oddity"].with_user(self.outsider).search_count([])

    def test_it_is_shown_beside_the_score(self):
        activity = self.activity(self.lead(self.employee))
        activity.date_deadline = date(2026, 3, 13)
        card = self.env["crm.kpi.card"].create(
            {"name": "Odd", "user_ids": [Command.set(self.employee.ids)]}
        )
        day = self.env["crm.kpi.oddity"].sudo()._get_day(self.company)

        action = card.with_user(self.employee)._explain(self.employee, day)

        explanation = self.env[action["res_model"]].browse(action["res_id"])
        self.assertIn("Due date put off: 1", explanation.oddities)
        found = self.env["crm.kpi.oddity"].search(explanation.action_open_oddities()["domain"])
        self.assertEqual(found.user_id, self.employee)
