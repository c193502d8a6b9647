from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Datetime
from odoo.tools import SQL, mute_logger

from .call_common import CallCase

NOW = "2026-03-02 10:00:00"


@freeze_time(NOW)
class TestWave(CallCase):
    """Who no longer buys is asked why, and seen to come back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.survey.budget"].search([]).active = False
        cls.silent, cls.loyal, cls.gone = cls.env["res.partner"].create(
            [
                {"name": name, "phone": f"+49 30 77770{number}"}
                for number, name in enumerate(("Silent Ltd", "Loyal Ltd", "Gone Ltd"))
            ]
        )
        cls.deal(cls.silent, "won", "2025-05-01 10:00:00", 1000)
        cls.deal(cls.loyal, "won", "2025-05-01 10:00:00", 1000)
        cls.deal(cls.loyal, "won", "2026-02-20 10:00:00", 1000)
        cls.deal(cls.gone, "lost", "2026-02-20 10:00:00", 500)
        cls.wave = cls.env["crm.survey.wave"].create(
            {
                "name": "Spring",
                "survey_id": cls.satisfaction.id,
                "domain": repr([("id", "in", (cls.silent + cls.loyal + cls.gone).ids)]),
                "offer": "Ten percent for {customer}",
            }
        )

    @classmethod
    def deal(cls, partner, outcome, date, revenue=0):
        lead = cls.env["crm.lead"].create(
            {
                "name": f"Deal with {partner.name}",
                "type": "opportunity",
                "partner_id": partner.id,
                "expected_revenue": revenue,
                "team_id": cls.team.id,
            }
        )
        if outcome == "won":
            lead.action_set_won()
        else:
            lead.action_set_lost()
        lead.date_closed = date
        return lead

    def _start(self, **values):
        self.wave.write(values)
        self.wave.with_user(self.manager).action_start()
        return self.wave.win_back_ids

    def test_who_bought_and_is_silent_is_asked(self):
        self.assertEqual(self._start().partner_id, self.silent)

    def test_whose_deal_was_lost_is_asked(self):
        self.assertEqual(self._start(criterion="lost", days=30).partner_id, self.gone)

    def test_whose_deal_was_lost_and_who_bought_since_is_not_asked(self):
        self.deal(self.gone, "won", "2026-02-25 10:00:00", 1)

        with self.assertRaises(UserError):
            self._start(criterion="lost", days=30)

    def test_who_wants_no_surveys_stands_there_with_the_reason(self):
        self.silent.has_survey_opt_out = True

        self.assertFalse(self._start())
        invitation = self.env["crm.survey.invitation"].search([("wave_id", "=", self.wave.id)])
        self.assertEqual(invitation.reason, "opted_out")

    def test_a_wave_starts_once(self):
        self._start()

        with self.assertRaises(UserError):
            self._start()

    def test_an_interviewer_learns_why_and_the_proof_is_drawn(self):
        customer = self._start()
        self.queue()
        card = self.take().get_card()
        self.assertEqual(card["pitch"], "Ten percent for Silent Ltd")
        call = self.env["crm.survey.call"].with_user(self.interviewer).browse(card["id"])
        cause = self.env.ref("crm_surveys.crm_survey_cause_price")
        call.save_findings({"cause": cause.id, "competitor": "Cheap Ltd", "offer": "10 %"})
        call.start_interview()

        self.assertEqual((customer.cause_id, customer.competitor), (cause, "Cheap Ltd"))
        self.assertEqual(customer.date_contacted, Datetime.now())
        self.deal(self.silent, "won", "2026-03-05 10:00:00", 700)
        self.env["crm.survey.win.back"]._cron_draw()
        self.assertEqual(customer.bought_amount, 700)
        self.assertEqual(self.env["crm.survey.win.back"]._cron_draw(), 0)
        wave = self.wave
        wave.invalidate_recordset()
        self.assertEqual((wave.contacted_count, wave.bought_count), (1, 1))
        self.assertEqual(wave.bought_amount, 700)

    def test_who_was_not_contacted_was_not_won_back(self):
        customer = self._start()
        self.deal(self.silent, "won", "2026-03-05 10:00:00", 700)
        self.env["crm.survey.win.back"]._cron_draw()

        self.assertFalse(customer.date_bought)

    def test_a_cause_is_fixed_when_it_is_said_how(self):
        customer = self._start().with_user(self.leader)
        with self.assertRaises(UserError):
            customer.action_fix()
        customer.cause_id = self.env.ref("crm_surveys.crm_survey_cause_price")
        customer.fix_note = "New prices"
        customer.action_fix()

        self.assertEqual(customer.date_fixed, Datetime.now())

    def test_t1_nobody_writes_a_proof(self):
        customer = self._start()
        for user in (self.leader, self.manager):
            with self.assertRaises(AccessError):
                customer.with_user(user).write({"date_bought": NOW})
        self.assertFalse(customer.with_user(self.interviewer).has_access("read"))

    def test_t1_nobody_says_whose_purchase_proves_it(self):
        customer = self._start()
        another = {
            "partner_id": self.loyal.id,
            "company_id": self.env["res.company"].create({"name": "Elsewhere"}).id,
            "team_id": self.other_team.id,
            "user_id": self.leader.id,
        }
        for user in (self.leader, self.manager):
            for name, value in another.items():
                with self.subTest(user=user.login, name=name), self.assertRaises(AccessError):
                    customer.with_user(user).write({name: value})
        self.assertEqual(customer.partner_id, self.silent)

    def test_t1_a_leader_starts_no_wave(self):
        with self.assertRaises(AccessError):
            self.wave.with_user(self.leader).action_start()

    def test_t5_garbage_findings_are_refused(self):
        self._start()
        self.queue()
        call = self.take()
        for values in (None, {"cause": -1}, {"cause": "x"}, {"offer": [1]}):
            with self.subTest(values=values), self.assertRaises(UserError):
                call.save_findings(values)

    def test_an_ended_wave_asks_nobody_else(self):
        customer = self._start()
        self.wave.with_user(self.manager).action_done()

        self.assertEqual(customer.invitation_id.reason, "canceled")

    def test_an_ended_wave_is_not_ended_again_nor_a_draft(self):
        with self.assertRaises(UserError):
            self.wave.with_user(self.manager).action_done()

    def test_t14_a_started_wave_stays_what_it_is(self):
        self._start()
        for values in ({"state": "draft"}, {"date_started": False}, {"days": 1}, {"domain": "[]"}):
            with self.subTest(values=values), self.assertRaises(UserError):
                self.wave.with_user(self.manager).write(values)
        self.wave.with_user(self.manager).offer = "Twenty percent"

    def test_t14_a_wave_is_born_a_draft(self):
        wave = self.wave.copy()
        born = self.wave.create({"name": "X", "survey_id": wave.survey_id.id, "state": "running"})

        self.assertEqual(born.state, "draft")

    def test_t15_a_wave_asks_by_a_survey_of_its_company(self):
        self.satisfaction.company_id = self.env["res.company"].create({"name": "Elsewhere"})

        with self.assertRaises(UserError):
            self.wave.copy()

    def test_t1_a_leader_does_not_see_who_is_asked_about_himself(self):
        customer = self._start()
        self.assertTrue(customer.with_user(self.leader).has_access("read"))

        customer.invitation_id._sealed_write({"user_id": self.leader.id})

        self.assertFalse(customer.with_user(self.leader).has_access("read"))

    def test_what_was_bought_elsewhere_in_the_house_is_no_purchase_here(self):
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        deal = self.deal(self.silent, "won", "2026-02-20 10:00:00", 1000)
        self.env.flush_all()
        # as a deal of another company is; its team and currency do not matter here
        self.env.cr.execute(
            SQL("UPDATE crm_lead SET company_id = %s WHERE id = %s", elsewhere.id, deal.id)
        )

        self.assertEqual(self._start().partner_id, self.silent)

    def test_t20_the_proof_of_who_is_forgotten_stays(self):
        customer = self._start()
        customer.date_contacted = NOW
        self.deal(self.silent, "won", "2026-03-05 10:00:00", 700)
        self.env["crm.survey.win.back"]._cron_draw()
        customer.competitor = "Cheap Ltd"

        customer.invitation_id._forget_person()
        self.env["crm.survey.win.back"]._cron_draw()

        self.assertEqual((customer.partner_id.id, customer.competitor), (False, False))
        self.assertEqual(customer.bought_amount, 700)

    def test_t20_a_person_gets_what_was_noted_of_him(self):
        customer = self._start()
        self.queue()
        call = self.take()
        call.save_findings({"competitor": "Cheap Ltd"})
        call.save_outcome("no_answer", "On holiday")

        (found,) = customer.invitation_id.user_input_id._export_person()

        self.assertEqual(found["lost_customer"]["buys_from"], "Cheap Ltd")
        self.assertEqual(found["calls"][0]["note"], "On holiday")

    def test_findings_are_kept_without_zero_bytes(self):
        customer = self._start()
        self.queue()
        self.take().save_findings({"competitor": " Cheap\x00 Ltd "})

        self.assertEqual(customer.competitor, "Cheap Ltd")

    @mute_logger("odoo.sql_db")
    def test_a_condition_that_is_not_understood_is_refused(self):
        wrong = ("[('x', '=', 1)]", "x", "[(", "[('id', '=', 'x')]")
        for domain in wrong:
            with self.subTest(domain=domain), self.assertRaises(ValidationError):
                self.wave.domain = domain
