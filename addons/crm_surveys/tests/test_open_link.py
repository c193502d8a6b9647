from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import HttpCase, tagged

from .common import SurveysCase


@tagged("post_install", "-at_install")
class TestOpenLink(SurveysCase, HttpCase):
    """Threat T10: a survey that is open to anybody with its link has limits."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.company.write({"survey_open_sender_limit": 2, "survey_open_limit": 5})
        cls.open = cls.survey(title="Say It Here", access_mode="public")
        cls.hits = cls.env["crm.survey.open.hit"]

    def begin(self, survey=None, **cookies):
        """Open the link as a stranger does, or a program that keeps no cookie."""
        self.authenticate(None, None)
        self.opener.cookies.update(cookies)
        return self.url_open((survey or self.open).get_start_url())

    def count(self, survey=None):
        domain = [("survey_id", "=", (survey or self.open).id)]
        return self.env["survey.user_input"].search_count(domain)

    def test_t10_who_begins_too_often_is_told_to_come_later(self):
        pages = [self.begin() for _time in range(3)]

        self.assertEqual([page.status_code for page in pages], [200, 200, 429])
        self.assertEqual(self.count(), 2)
        self.assertIn('data-reason="too_many"', pages[-1].text)
        self.assertEqual(pages[-1].headers["Retry-After"], "3600")
        self.assertEqual(pages[-1].headers["Cache-Control"], "no-store")

    def test_t10_who_has_begun_goes_on_whatever_the_limit(self):
        begun = self.open._create_answer()
        self.begin()
        self.begin()

        by_link = self.url_open(f"{self.open.get_start_url()}?answer_token={begun.access_token}")
        by_cookie = self.begin(**{f"survey_{self.open.access_token}": begun.access_token})

        self.assertEqual((by_link.status_code, by_cookie.status_code), (200, 200))
        self.assertIn(begun.access_token, by_link.url)
        self.assertIn(begun.access_token, by_cookie.url)
        self.assertEqual(self.count(), 3)

    def test_t10_a_wrong_cookie_opens_no_way_around(self):
        cookie = {f"survey_{self.open.access_token}": "wrong"}

        self.assertEqual([self.begin(**cookie).status_code for _time in "123"], [200, 200, 429])

    def test_t10_all_places_together_have_a_limit(self):
        for number in range(4):
            self.hits._note(self.company, f"203.0.113.{number}")

        self.assertEqual([self.begin().status_code for _time in "12"], [200, 429])

    def test_t10_an_hour_later_answers_are_taken_again(self):
        for _time in range(2):
            self.hits._note(self.company, "127.0.0.1")
        self.assertEqual(self.begin().status_code, 429)

        self.env.cr.execute(
            "UPDATE crm_survey_open_hit SET date = %s",
            [fields.Datetime.now() - timedelta(minutes=61)],
        )

        self.assertEqual(self.begin().status_code, 200)

    def test_t10_surveys_of_another_company_and_by_invitation_have_no_part_in_it(self):
        other = self.env["res.company"].create({"name": "Other Surveyed"})
        foreign = self.survey(title="Theirs", access_mode="public", company_id=other.id)
        invited = self.survey(title="Invited")
        self.begin()
        self.begin()

        self.assertEqual(self.begin(foreign).status_code, 200)
        self.begin(invited)
        self.assertEqual(self.count(invited), 0)
        self.assertTrue(invited._take_open_turn("127.0.0.1"))

    def test_no_limit_is_no_limit(self):
        self.company.write({"survey_open_sender_limit": 0, "survey_open_limit": 0})

        self.assertTrue(all(self.open._take_open_turn("127.0.0.1") for _time in range(20)))

    def test_t10_midnight_does_not_begin_the_count_anew(self):
        with freeze_time("2026-03-01 23:50:00"):
            for _time in range(2):
                self.open._take_open_turn("192.0.2.1")
        with freeze_time("2026-03-02 00:20:00"):
            self.assertFalse(self.open._take_open_turn("192.0.2.1"))

    def test_t10_what_is_counted_holds_no_address_and_is_forgotten(self):
        with freeze_time("2026-03-01 12:00:00"):
            self.hits._note(self.company, "192.0.2.1")
        with freeze_time("2026-03-02 12:00:00"):
            self.hits._note(self.company, "192.0.2.1")

            senders = self.hits.search([]).mapped("sender")
            self.hits._gc_hits()

            self.assertEqual(len(set(senders)), 2)
            self.assertFalse([sender for sender in senders if "192" in sender and "." in sender])
            self.assertEqual(self.hits.search_count([]), 1)
