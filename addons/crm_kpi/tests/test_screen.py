import io
import zipfile
from datetime import date, datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import HttpCase

from .common import KpiCase


class ScreenCase(KpiCase):
    """This month the employee stands at 80 %, the colleague at 20 %."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # a day that is in this month in every time zone
        now = datetime.now().replace(day=2, hour=12, minute=0, second=0, microsecond=0)
        cls.env["crm.kpi.card"].search([]).action_archive()
        measure = cls.measure("shown", aggregate="sum", value_field="expected_revenue")
        cls.worth = cls.indicator("shown_worth", measure_id=measure.id)
        cls.card = cls.env["crm.kpi.card"].create(
            {
                "name": "Shown",
                "user_ids": [Command.set((cls.employee | cls.colleague).ids)],
                "yellow_from": 60,
                "green_from": 90,
                "line_ids": [Command.create({"indicator_id": cls.worth.id})],
                "rung_ids": [Command.create({"score": 50, "amount": 100})],
            }
        )
        for user, amount in ((cls.employee, 800), (cls.colleague, 200)):
            cls.lead(user, at=now, amount=amount)
            cls.target(cls.worth, user, target=1000, date_from=now.date())
        cls.rebuild(measure)


@freeze_time("2026-03-15 12:00:00")
class TestScreen(ScreenCase):
    """Boards, the own score, mails and files show what one may see, and nothing else."""

    def board(self, user, **values):
        return self.env["crm.kpi.card"].with_user(user).get_board(self.card.id, **values)["board"]

    def rows(self, user):
        return [row for team in self.board(user)["teams"] for row in team["rows"]]

    def test_the_board_shows_teams_and_people(self):
        board = self.board(self.manager)

        self.assertEqual(board["total"]["mean"], 50)
        self.assertEqual(board["total"]["zones"], {"green": 0, "yellow": 1, "red": 1})
        self.assertEqual(
            {team["name"]: team["mean"] for team in board["teams"]},
            {self.team.name: 80, self.other_team.name: 20},
        )

    def test_t1_the_board_shows_whom_one_may_see(self):
        own = [self.employee.name]

        self.assertEqual([row["name"] for row in self.rows(self.employee)], own)
        self.assertEqual([row["name"] for row in self.rows(self.leader)], own)
        self.assertEqual(len(self.rows(self.manager)), 2)
        with self.assertRaises(AccessError):
            self.board(self.outsider)

    def test_garbage_over_the_api_is_refused_in_words(self):
        for back in (-1, 61, "x", None, True, 1.5):
            with self.subTest(back=back), self.assertRaises(UserError):
                self.board(self.manager, back=back)
        with self.assertRaises(UserError):
            self.env["crm.kpi.card"].with_user(self.manager).get_board("garbage")

    def test_a_period_before_has_its_own_standing(self):
        self.assertIsNone(self.board(self.manager, back=1)["total"]["mean"])

    def test_the_own_score_says_what_would_bring_most(self):
        (own,) = self.env["crm.kpi.card"].with_user(self.employee).get_my_score()

        self.assertEqual((own["score"], own["zone"], own["bonus"]), (80, "yellow", 100))
        (advice,) = own["advice"]
        self.assertEqual((advice["missing"], advice["points"]), (200, 20))
        self.assertEqual([one["score"] for one in own["trend"]], [None] * 5 + [80])

    def test_who_is_judged_by_nothing_has_an_empty_page(self):
        self.assertEqual(self.env["crm.kpi.card"].with_user(self.leader).get_my_score(), [])

    def test_mails_tell_each_what_he_may_see(self):
        self.card.digest_every = "day"

        self.card._try_send_digest(date(2026, 3, 15))

        mails = self.env["mail.mail"].search([("subject", "=", "Standing: Shown")])
        bodies = {mail.email_to: mail.body_html for mail in mails}
        own = bodies[self.employee.email_formatted]
        self.assertIn(self.employee.name, own)
        self.assertNotIn(self.colleague.name, own)
        self.assertIn(self.leader.email_formatted, bodies)
        self.assertFalse(self.card._is_digest_due(self.card.date_digest))

    def get_receivers(self):
        mails = self.env["mail.mail"].search([("subject", "=", "Standing: Shown")])
        return set(mails.mapped("email_to"))

    def test_who_was_taken_out_of_the_company_leaves_the_others_their_mail(self):
        other = self.env["res.company"].create({"name": "Other company of KPI"})
        self.colleague.write({"company_id": other.id, "company_ids": [Command.set(other.ids)]})

        with self.assertNoLogs("odoo.addons.crm_kpi", "WARNING"):
            self.card._try_send_digest(date(2026, 3, 15))

        self.assertEqual(
            self.get_receivers(), {self.employee.email_formatted, self.leader.email_formatted}
        )

    def test_a_mail_that_fails_for_one_reaches_the_others(self):
        cards = self.registry["crm.kpi.card"]
        prepare = cards._prepare_digest

        def fail_for_one(card, reader):
            if reader == self.employee:
                raise ValueError("no mail for the employee")
            return prepare(card, reader)

        self.patch(cards, "_prepare_digest", fail_for_one)
        with self.assertLogs("odoo.addons.crm_kpi", "WARNING") as logs:
            self.card._try_send_digest(date(2026, 3, 15))

        self.assertIn("kpi_employee: no mail for the employee", logs.output[0])
        self.assertEqual(
            self.get_receivers(), {self.colleague.email_formatted, self.leader.email_formatted}
        )

    def test_open_screens_hear_that_something_was_counted(self):
        before = self.env["bus.bus"].search_count([])

        self.lead(self.employee, at=datetime(2026, 3, 15, 13), amount=1)
        self.refresh()
        self.env.cr.precommit.run()

        self.assertGreater(self.env["bus.bus"].search_count([]), before)


class TestSheet(ScreenCase, HttpCase):
    """The board as a file."""

    def fetch(self, user, back=0):
        self.authenticate(user.login, user.login)
        return self.url_open(f"/crm_kpi/board/{self.card.id}/{back}.xlsx")

    def test_the_file_has_what_one_may_see(self):
        content = self.fetch(self.employee).content

        with zipfile.ZipFile(io.BytesIO(content)) as book:
            words = book.read("xl/sharedStrings.xml").decode()
        self.assertIn(self.employee.name, words)
        self.assertNotIn(self.colleague.name, words)

    def test_t1_a_stranger_gets_no_file(self):
        self.assertEqual(self.fetch(self.outsider).status_code, 404)
