from freezegun import freeze_time

from odoo.exceptions import AccessError

from .result_common import TODAY, ResultCase


@freeze_time(TODAY)
class TestResultDrop(ResultCase):
    """A result that has clearly fallen is told once to who answers for it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.asked = cls.survey(user_id=cls.manager.id)
        cls.drops = cls.env["crm.survey.drop"]

    def fall(self, before=10, now=0, count=30, team=None):
        team = team or self.team
        for value, day in ((before, "2026-02-10"), (now, "2026-03-25")):
            moment = {"rated_team_id": team.id, "day": day}
            self.answer(self.asked, [{"nps": value}] * count, **moment)

    def look(self):
        self.drops._cron_look()
        return self.drops.search([("survey_id", "=", self.asked.id)])

    def test_a_fall_is_told_to_the_leader_and_to_who_answers_for_the_survey(self):
        self.fall()

        drops = self.look()

        self.assertEqual(drops.team_id, self.team)
        whole = drops.filtered(lambda drop: not drop.team_id)
        team = drops - whole
        self.assertEqual((whole.value_before, whole.value_now), (100, -100))
        self.assertEqual(whole.activity_ids.user_id, self.manager)
        self.assertEqual(team.activity_ids.user_id, self.leader)

    def test_t18_a_second_look_changes_nothing(self):
        self.fall()
        drops = self.look()

        self.assertEqual(self.look(), drops)
        self.assertEqual(len(drops.activity_ids), 2)

    def test_luck_is_no_fall(self):
        self.fall(before=9, now=8, count=4)
        self.answer(self.asked, [{"nps": value} for value in (10, 9, 8, 7, 10, 6)])

        self.assertFalse(self.look())

    def test_a_rise_is_no_fall(self):
        self.fall(before=0, now=10)

        self.assertFalse(self.look())

    def test_it_is_closed_when_it_is_over(self):
        self.fall()
        drops = self.look()

        with freeze_time("2026-06-30 12:00:00"):
            self.drops._cron_look()

        self.assertEqual(set(drops.mapped("state")), {"closed"})
        self.assertFalse(drops.activity_ids)

    def test_t1_who_sees_which_drop(self):
        self.fall()
        drops = self.look()
        self.fall(team=self.other_team)
        drops |= self.look()

        for role, teams in (("leader", [self.team]), ("manager", [self.team, self.other_team])):
            seen = self.drops.with_user(getattr(self, role)).search(
                [("survey_id", "=", self.asked.id)]
            )
            with self.subTest(role=role):
                self.assertEqual(seen.team_id, self.env["crm.team"].concat(*teams))
        with self.assertRaises(AccessError):
            self.drops.with_user(self.employee).search([])

    def test_t19_a_drop_is_not_edited(self):
        self.fall()

        with self.assertRaises(AccessError):
            self.look().write({"value_now": 100})

    def test_days_of_a_drop_have_bounds(self):
        settings = self.env["res.config.settings"].create({"survey_drop_days": 14})
        settings.execute()

        self.assertEqual(self.env.company.survey_drop_days, 14)
