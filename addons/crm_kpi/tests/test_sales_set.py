from datetime import date, datetime, timedelta

from .common import FIRST, LAST, NOON, KpiCase


class TestSalesSet(KpiCase):
    """What the shipped measures of sales say is what their names promise."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.measures, cls.indicators = cls.shipped("crm_kpi")
        cls.buyer = cls.env["res.partner"].create({"name": "Measured Buyer", "is_company": True})
        cls.purchaser = cls.env["res.partner"].create(
            {"name": "Petra Purchaser", "parent_id": cls.buyer.id}
        )
        cls.to_competitor = cls.env["crm.lost.reason"].create(
            {"name": "Went to another one", "is_to_competitor": True}
        )

    def value(self, code, user=None):
        """Count anew, and return what an indicator says of an employee in March."""
        indicator = self.indicators.filtered(lambda indicator: indicator.code == code)
        self.rebuild(indicator._get_measures())
        key = ((user or self.employee).id,)
        return indicator._get_values(FIRST, LAST, ("user_id",), keys=[key])[indicator][key]

    def lose(self, partner, reason, user=None):
        lead = self.lead(user or self.employee, partner_id=partner.id)
        lead.action_set_lost(lost_reason_id=reason.id)
        lead.date_closed = NOON
        self.env.flush_all()

    def contact(self, lead, day=NOON, user=None, is_done=True):
        """Have an activity due on a day, done or not."""
        activity = self.env["mail.activity"].create(
            {
                "res_model_id": self.env["ir.model"]._get_id(lead._name),
                "res_id": lead.id,
                "user_id": (user or self.employee).id,
                "date_deadline": day.date(),
            }
        )
        if is_done:
            self.stamp(activity, day, date_done=day.date(), active=False)

    def test_customers_lost_to_competitors_are_companies_and_not_opportunities(self):
        for partner in (self.buyer, self.purchaser):
            self.lose(partner, self.to_competitor)
        self.lose(self.env["res.partner"].create({"name": "Too Poor"}), self.lost_reason)
        self.lose(self.env["res.partner"].create({"name": "Gone"}), self.to_competitor)

        self.assertEqual(self.value("lost_to_competitors"), 2)

    def test_who_lost_a_customer_is_who_had_the_opportunity_then(self):
        self.lose(self.buyer, self.to_competitor)
        self.value("lost_to_competitors")
        lead = self.env["crm.lead"].search(
            [("partner_id", "=", self.buyer.id), ("active", "=", False)]
        )

        self.hand_over(lead, self.colleague, NOON + timedelta(days=2))

        self.assertEqual(self.value("lost_to_competitors"), 1)
        self.assertEqual(self.value("lost_to_competitors", self.colleague), 0)

    def test_frequency_is_contacts_of_those_who_were_contacted_at_all(self):
        often, once, never = (self.lead(self.employee) for _number in range(3))
        for day in (3, 4, 5):
            self.contact(often, datetime(2026, 3, day, 9))
        self.contact(once)
        self.contact(never, is_done=False)

        self.assertEqual(self.value("contact_frequency"), 2)

    def test_of_nobody_contacted_there_is_no_frequency(self):
        self.contact(self.lead(self.colleague), user=self.colleague)

        self.assertIsNone(self.value("contact_frequency"))

    def test_communications_in_time_are_a_share_of_those_due(self):
        lead = self.lead(self.employee)
        for day in (3, 4, 5):
            self.contact(lead, datetime(2026, 3, day, 9))
        self.contact(lead, datetime(2026, 3, 6, 9), is_done=False)

        self.assertEqual(self.value("overdue_communications"), 1)
        self.assertEqual(self.value("communications_in_time"), 75)

    def test_customers_are_complete_who_can_be_found_and_reached(self):
        country = self.env.ref("base.de")
        for values in (
            {"country_id": country.id, "city": "Kiel", "phone": "+49 431 1"},
            {"country_id": country.id, "city": "Kiel", "email": "kiel@complete.example.com"},
            {"country_id": country.id, "city": "Kiel"},
            {"phone": "+49 431 2"},
        ):
            partner = self.env["res.partner"].create(
                {"name": "Base", "user_id": self.employee.id, **values}
            )
            self.stamp(partner, NOON, create_date=NOON)

        self.assertEqual(self.value("customer_completeness"), 50)

    def test_opportunities_are_complete_with_customer_worth_day_and_way(self):
        self.lead(
            self.employee,
            amount=100,
            partner_id=self.buyer.id,
            date_deadline=date(2026, 4, 1),
            phone="+49 431 3",
        )
        for _number in range(3):
            self.lead(self.employee, amount=100)

        self.assertEqual(self.value("completeness"), 25)
