from odoo.exceptions import AccessError

from .common import StandardsCase


class TestRouteMap(StandardsCase):
    """The map says what the standards allow and what really happens, as far as one may see it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # only the team's own stages, whatever else the database has
        cls.env["crm.stage"].search([("team_ids", "=", False)]).team_ids = cls.other_team
        cls.standard(
            cls.rule_vals(
                "transition",
                cls.stage_new,
                next_stages=cls.stage_qualified,
                strength="record",
                name="Step by step",
            )
        )

    def get_map(self, user=None, **values):
        return self.env["crm.standard.route.map"].with_user(user or self.salesman).get_map(**values)

    def edge(self, drawn, source, target):
        return next(
            (e for e in drawn["edges"] if (e["from"], e["to"]) == (source.id, target.id)), None
        )

    def test_allowed_ways_and_ways_taken_against_the_standard(self):
        self.lead().stage_id = self.stage_proposal
        self.lead().stage_id = self.stage_qualified

        drawn = self.get_map(team_id=self.team.id)

        allowed = self.edge(drawn, self.stage_new, self.stage_qualified)
        against = self.edge(drawn, self.stage_new, self.stage_proposal)
        self.assertEqual((allowed["verdict"], allowed["moves"]), ("allowed", 1))
        self.assertEqual((against["verdict"], against["strength"]), ("forbidden", "record"))
        self.assertIsNone(self.edge(drawn, self.stage_new, self.stage_won))

    def test_lead_shows_where_it_is_and_how_it_came(self):
        lead = self.lead()
        lead.stage_id = self.stage_qualified

        drawn = self.get_map(lead_id=lead.id)

        self.assertEqual(drawn["lead"]["stage"], self.stage_qualified.id)
        self.assertEqual(drawn["lead"]["path"], [self.stage_new.id, self.stage_qualified.id])
        self.assertEqual(drawn["team"], self.team.id)

    def test_deals_are_counted_where_they_wait(self):
        self.lead(expected_revenue=100)
        self.lead(expected_revenue=50)

        drawn = self.get_map(team_id=self.team.id)

        waiting = {stage["id"]: stage for stage in drawn["stages"]}
        self.assertEqual(waiting[self.stage_new.id]["count"], 2)
        self.assertEqual(waiting[self.stage_new.id]["revenue"], 150)
        self.assertEqual(drawn["crowded"], self.stage_new.id)
        self.assertEqual(waiting[self.stage_new.id]["rules"][0]["name"], "Step by step")

    def test_t21_deals_of_others_are_not_counted(self):
        self.lead().with_env(self.env).user_id = self.colleague

        drawn = self.get_map(team_id=self.team.id)

        self.assertFalse(any(stage["count"] for stage in drawn["stages"]))
        self.assertFalse(any(edge["moves"] for edge in drawn["edges"]))

    def test_t1_map_of_a_lead_out_of_reach_is_refused(self):
        lead = self.lead()
        lead.with_env(self.env).user_id = self.colleague

        with self.assertRaises(AccessError):
            self.get_map(lead_id=lead.id)

    def test_t5_garbage_draws_the_own_team(self):
        self.assertEqual(self.get_map(team_id="x", lead_id=[7])["team"], self.team.id)

    def test_t14_who_has_no_leads_gets_no_map(self):
        (employee,) = self._make_users(("std_map", "Mia Map", "base.group_user"))

        with self.assertRaises(AccessError):
            self.get_map(employee)
