from freezegun import freeze_time

from .trigger_common import TriggerCase


@freeze_time("2026-03-02 10:00:00")
class TestTwins(TriggerCase):
    """Two contacts with one number: one person where nothing else tells them apart."""

    def _people(self, **values):
        return self.env["res.partner"].create(
            [{"name": name, "phone": "+4930111222", **values} for name in ("One", "Two")]
        )

    def _ask(self, *partners, survey=None, channel="sms"):
        survey = survey or self.survey()
        return self.env["crm.survey.invitation"]._invite(
            [
                {"survey_id": survey.id, "partner_id": partner.id, "channel": channel}
                for partner in partners
            ]
        )

    def test_without_mails_one_number_is_one_person(self):
        one, two = self._people()

        self.assertEqual(self._ask(one, two).mapped("reason"), [False, "duplicate"])

    def test_they_share_their_budget_and_their_wish(self):
        one, two = self._people()
        self.env["crm.survey.budget"].create({"maximum": 1, "days": 30})
        self._ask(one)
        self.assertEqual(self._ask(two).reason, "contact_budget")

        one.has_survey_opt_out = True

        self.assertEqual(self._ask(two).reason, "opted_out")

    def test_colleagues_at_one_telephone_are_called_each(self):
        one, two = self._people()
        one.email, two.email = "one@twins.example.com", "two@twins.example.com"

        self.assertEqual(self._ask(one, two, channel="phone").mapped("reason"), [False, False])

    def test_one_number_gets_an_sms_of_a_survey_once(self):
        one, two = self._people()
        one.email, two.email = "one@twins.example.com", "two@twins.example.com"
        survey = self.survey()

        self.assertEqual(self._ask(one, two, survey=survey).mapped("reason"), [False, "duplicate"])
        self.assertEqual(self._ask(two, survey=survey).reason, "asked")
