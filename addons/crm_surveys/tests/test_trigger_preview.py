from freezegun import freeze_time

from .trigger_common import TriggerCase


class TestTriggerPreview(TriggerCase):
    """What a trigger would have done, counted under the rights of who looks."""

    def test_it_counts_who_would_have_been_asked_and_who_not(self):
        trigger = self.trigger()
        refused, *_others = partners = self.contacts(3)
        refused.has_survey_opt_out = True
        for partner in partners:
            self.won(partner)

        preview = trigger.preview

        self.assertIn("invited 2 of 3", preview)
        self.assertIn("Wants no surveys: 1", preview)
        self.assertFalse(self.invitations(trigger))

    def test_what_it_has_asked_itself_does_not_count(self):
        self.env["crm.survey.budget"].create({"maximum": 1, "days": 30})
        trigger = self.started()
        self.won()
        self.run_job(trigger)
        self.env.invalidate_all()

        self.assertIn("invited 1 of 1", trigger.preview)

    def test_the_budget_holds_in_the_past_too(self):
        self.env["crm.survey.budget"].create({"maximum": 1, "days": 30})
        trigger = self.trigger()
        self.won()
        self.won()

        self.assertIn("invited 1 of 2", trigger.preview)

    def test_what_is_older_is_left_out(self):
        trigger = self.trigger(event="created")
        deal = self.deal()
        self.env.flush_all()
        self.cr.execute("UPDATE crm_lead SET create_date = '2026-01-05' WHERE id = %s", [deal.id])
        self.env.invalidate_all()

        with freeze_time("2026-02-01"):
            self.assertIn("invited 1 of 1", trigger.preview)
            trigger.invalidate_recordset()
        with freeze_time("2026-03-01"):
            self.assertIn("invited 0 of 0", trigger.preview)

    def test_it_says_what_is_wrong_instead(self):
        self.assertIn("has no survey", self.trigger(survey_id=False).preview)

    def test_t21_documents_one_may_not_see_are_not_counted(self):
        trigger = self.trigger()
        self.won(user_id=self.colleague.id)
        self.manager.group_ids += self.env.ref("sales_team.group_sale_salesman")

        self.assertIn("invited 1 of 1", trigger.preview)
        self.assertIn("invited 0 of 0", trigger.with_user(self.manager).preview)

    def test_t6_words_of_others_are_escaped(self):
        self.satisfaction.write({"title": "<img src=x>", "active": False})

        self.assertNotIn("<img", self.trigger().preview)
