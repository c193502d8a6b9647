from .common import ComplaintsCase


class TestRoute(ComplaintsCase):
    """Where a complainant can go who does not accept the answer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.complaint.route"].search([]).action_archive()
        cls.case = cls.complaint()

    def route(self, **values):
        return self.env["crm.complaint.route"].create({"name": "Ombudsman", **values})

    def test_routes_fit_country_category_and_company(self):
        here, abroad = self.env.ref("base.de"), self.env.ref("base.fr")
        self.customer.country_id = here
        above = self.env["crm.complaint.category"].create({"name": "All"})
        self.category.parent_id = above
        other = self.env["crm.complaint.category"].create({"name": "Other"})
        company = self.env["res.company"].create({"name": "Other Company"})
        common = self.route()
        fits = self.route(country_id=here.id, category_ids=above.ids)
        self.route(country_id=abroad.id)
        self.route(category_ids=other.ids)
        self.route(company_id=company.id)

        routes = self.case.with_user(self.clerk).route_ids

        self.assertEqual(routes, common | fits)

    def test_without_a_contact_the_country_of_the_company_counts(self):
        self.env.company.country_id = self.env.ref("base.de")
        route = self.route(country_id=self.env.ref("base.de").id)
        self.case.partner_id = False

        self.assertEqual(self.case.route_ids, route)
