from odoo.exceptions import AccessError

from .common import StandardsCase


class TestSignal(StandardsCase):
    """When most deals of a team stand in one stage, its leader is told, once, until it is over."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.write({"standard_signal_percent": 80, "standard_signal_least_count": 10})
        cls.stuck = cls.deals(9, cls.stage_proposal)

    @classmethod
    def deals(cls, number, stage):
        return cls.env["crm.lead"].create(
            [
                {
                    "name": f"Deal {i}",
                    "type": "opportunity",
                    "team_id": cls.team.id,
                    "user_id": cls.salesman.id,
                    "company_id": cls.env.company.id,
                    "stage_id": stage.id,
                }
                for i in range(number)
            ]
        )

    def look(self):
        """Run the daily job and return the signals of the team."""
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref(
                "crm_standards.crm_standard_signal_cron_look_for_bottlenecks"
            ).method_direct_trigger()
        self.env.invalidate_all()
        return self.env["crm.standard.signal"].search([("team_id", "=", self.team.id)])

    def test_share_above_the_limit_opens_a_signal_and_tells_the_leader(self):
        self.deals(2, self.stage_new)

        signal = self.look()

        self.assertRecordValues(
            signal,
            [
                {
                    "state": "open",
                    "stage_id": self.stage_proposal.id,
                    "deal_count": 9,
                    "total_count": 11,
                    "limit_percent": 80,
                    "company_id": self.env.company.id,
                }
            ],
        )
        self.assertEqual(signal.activity_ids.user_id, self.leader)

    def test_share_at_the_limit_is_none(self):
        self.deals(3, self.stage_new)

        self.assertFalse(self.look())

    def test_few_deals_say_nothing(self):
        self.assertFalse(self.look())

    def test_second_look_opens_no_second_signal_and_asks_nobody_again(self):
        self.deals(1, self.stage_new)
        self.look()
        self.deals(1, self.stage_proposal)

        signal = self.look()

        self.assertRecordValues(signal, [{"deal_count": 10, "total_count": 11}])
        self.assertEqual(len(signal.activity_ids), 1)

    def test_it_is_closed_when_it_is_over_and_opened_anew_later(self):
        others = self.deals(2, self.stage_new)
        signal = self.look()
        self.stuck[:5].stage_id = self.stage_won

        self.look()

        self.assertEqual(signal.state, "closed")
        self.assertTrue(signal.date_close)
        self.assertFalse(signal.activity_ids)
        others.stage_id = self.stage_proposal
        self.deals(5, self.stage_proposal)
        self.assertEqual(len(self.look()), 2)

    def test_team_has_its_own_limit(self):
        self.deals(2, self.stage_new)
        self.team.standard_signal_percent = 90

        self.assertFalse(self.look())

    def test_won_and_lost_deals_do_not_stand_anywhere(self):
        self.deals(2, self.stage_new)
        self.deals(9, self.stage_won)
        self.deals(9, self.stage_qualified).action_set_lost()

        self.assertEqual(self.look().total_count, 11)

    def test_leader_answers_his_activity_and_the_facts_stay(self):
        self.deals(1, self.stage_new)
        signal = self.look().with_user(self.leader)

        signal.activity_ids.action_feedback(feedback="We wait for the new prices.")

        self.assertIn("new prices", signal.message_ids[0].body)
        with self.assertRaises(AccessError):
            signal.write({"state": "closed"})

    def test_signal_is_for_the_leader_and_controllers(self):
        self.deals(1, self.stage_new)
        signal = self.look()

        for user, is_seen in (
            (self.leader, True),
            (self.controller, True),
            (self.salesman, False),
        ):
            with self.subTest(user.login):
                self.assertEqual(signal.with_user(user).has_access("read"), is_seen)

    def test_deals_of_the_signal_are_one_click_away(self):
        self.deals(1, self.stage_new)
        signal = self.look()

        action = signal.with_user(self.leader).action_view_deals()

        self.assertEqual(self.env["crm.lead"].search(action["domain"]), self.stuck)

    def test_t14_deals_of_a_foreign_signal_are_refused(self):
        self.deals(1, self.stage_new)
        signal = self.look()

        with self.assertRaises(AccessError):
            signal.with_user(self.salesman).action_view_deals()
