from odoo.exceptions import AccessError
from odoo.service.model import call_kw

from .common import DeadlineCase


class TestAccess(DeadlineCase):
    """Threats T1, T15, T21: a deadline is seen by whoever may read its record, and not counted
    by anybody else.
    """

    def setUp(self):
        super().setUp()
        self.clock = self._start()

    def _rpc(self, user, model, method, *args, **kwargs):
        return call_kw(self.env[model].with_user(user), method, list(args), kwargs)

    def test_read_follows_the_record(self):
        for user, may in [
            (self.salesman, True),
            (self.sales_manager, True),
            (self.other_salesman, False),
            (self.employee, False),
            (self.deadline_manager, False),
            (self.portal, False),
        ]:
            for record in (self.clock, self.clock.event_ids):
                with self.subTest(user=user.login, model=record._name):
                    self.env.invalidate_all()
                    self.assertEqual(record.with_user(user).has_access("read"), may)
                    if not may:
                        with self.assertRaises(AccessError):
                            record.with_user(user).read(["display_name"])

    def test_searches_counts_and_groups_tell_nothing(self):
        for model, group in [("crm.deadline.clock", "state"), ("crm.deadline.event", "kind")]:
            for user, count in [(self.salesman, 1), (self.other_salesman, 0), (self.employee, 0)]:
                with self.subTest(user=user.login, model=model):
                    self.assertEqual(self._rpc(user, model, "search_count", []), count)
                    self.assertEqual(len(self._rpc(user, model, "search", [])), count)
                    self.assertEqual(len(self._rpc(user, model, "name_search", "")), count)
                    groups = self._rpc(
                        user, model, "formatted_read_group", [], [group], ["__count"]
                    )
                    self.assertEqual(len(groups), count)

    def test_other_models_give_no_way_to_count(self):
        """A path through a relation is a search of the clock, too."""
        domain = [("clock_id.state", "=", "running")]

        count = self._rpc(self.other_salesman, "crm.deadline.event", "search_count", domain)

        self.assertEqual(count, 0)

    def test_portal_and_public_have_no_access_at_all(self):
        for user in (self.portal, self.env.ref("base.public_user")):
            for model in ("crm.deadline.clock", "crm.deadline.event", "crm.deadline.policy"):
                with self.subTest(user=user.login, model=model), self.assertRaises(AccessError):
                    self._rpc(user, model, "search_count", [])

    def test_deadlines_of_an_archived_record_stay_visible(self):
        self.lead.action_archive()

        found = self.env["crm.deadline.clock"].with_user(self.salesman).search([])

        self.assertEqual(found, self.clock)

    def test_a_page_of_a_list_is_full(self):
        """Foreign clocks are left out by the search itself, not taken out of the page after it."""
        leads = self.env["crm.lead"].create(
            [
                {"name": "Deal", "user_id": user.id}
                for user in (self.other_salesman, self.salesman) * 5
            ]
        )
        for lead in leads:
            self._start(lead)

        page = self.env["crm.deadline.clock"].with_user(self.salesman).search([], limit=6)

        self.assertEqual(len(page), 6)

    def test_a_deadline_of_another_company_is_out_of_reach(self):
        company = self.env["res.company"].create({"name": "Branch"})
        lead = self.env["crm.lead"].create(
            {"name": "Theirs", "company_id": company.id, "user_id": False, "team_id": False}
        )
        clock = self._start(lead, policy=self._policy(calendar_id=False))

        self.assertEqual(clock.company_id, company)
        self.assertEqual(clock.calendar_id, company.resource_calendar_id)
        self.assertFalse(clock.with_user(self.sales_manager).has_access("read"))
        self.assertNotIn(
            clock, self.env["crm.deadline.clock"].with_user(self.sales_manager).search([])
        )

    def test_deadlines_follow_a_record_to_another_company(self):
        company = self.env["res.company"].create({"name": "Branch"})
        self.assertEqual(self.clock.company_id, self.env.company)

        self.lead.write({"company_id": company.id, "team_id": False, "user_id": False})

        self.assertFalse(self.clock.with_user(self.sales_manager).has_access("read"))
        self.sales_manager.company_ids += company
        reader = self.clock.with_user(self.sales_manager).with_context(
            allowed_company_ids=company.ids
        )
        self.assertTrue(reader.has_access("read"))

    def test_clocks_of_a_model_that_is_gone_are_seen_by_nobody(self):
        self.env.cr.execute(
            "UPDATE crm_deadline_clock SET res_model = 'model.gone' WHERE id = %s",
            [self.clock.id],
        )
        self.env.invalidate_all()

        self.assertFalse(self.clock.with_user(self.sales_manager).has_access("read"))
        self.assertFalse(self.env["crm.deadline.clock"].with_user(self.sales_manager).search([]))
