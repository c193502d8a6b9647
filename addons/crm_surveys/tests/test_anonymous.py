import json
from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command, Date, Datetime
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from odoo.addons.base.models.ir_mail_server import IrMail_Server

from .anonymous_common import AnonymousCase

#: Customers are written to again by day, and not on Sundays.
MONDAY = "2030-01-07 10:00:00"
#: Tables that an answer may touch before it is let out.
TOUCHED_BY_ANSWER = {"crm_survey_ballot", "crm_survey_boxed"}
#: Tables that letting out touches besides.
TOUCHED_BY_LETTING_OUT = {
    "survey_user_input",
    "survey_user_input_line",
    "survey_question_survey_user_input_rel",
    "crm_survey_fact",
    "crm_survey_fact_score",
}


@tagged("post_install", "-at_install")
class TestAnonymous(AnonymousCase):
    """The tables alone join no answer with a person: before it is given, after it, and for good."""

    # the promise

    def test_it_is_said_before_the_first_is_asked_and_stays(self):
        self.decide(self.customers[0])

        for survey in (self.secret, self._asked_by_name()):
            with self.subTest(survey.title), self.assertRaisesRegex(UserError, "promised"):
                survey.is_anonymous = not survey.is_anonymous

    def _asked_by_name(self):
        named = self.survey(("nps",), title="By Name")
        self.respond(named, answers={"nps": 9})
        return named

    def test_a_copy_can_be_changed(self):
        self.decide(self.customers[0])

        copy = self.secret.copy()
        copy.is_anonymous = False

        self.assertFalse(copy.is_anonymous)

    def test_what_names_the_customer_goes_with_no_anonymous_survey(self):
        asking = {"question_type": "char_box", "validation_email": True, "save_as_email": True}
        for change in (
            lambda: self.secret.write({"users_login_required": True}),
            lambda: self.question(self.secret, **asking),
            lambda: self.survey(("nps",), survey_type="survey", is_anonymous=True),
        ):
            with self.subTest(change), self.assertRaises(ValidationError):
                change()

    def test_t1_a_response_names_nobody_through_any_door(self):
        responses = self.env["survey.user_input"]

        with self.assertRaisesRegex(UserError, "by the link in the mail only"):
            self.start(self.secret)
        with self.assertRaisesRegex(AccessError, "has no name"):
            responses.create({"survey_id": self.secret.id, "partner_id": self.customer.id})

    # asking

    def test_at_least_five_are_written_to_at_once(self):
        few = self.decide(self.customers[:4])
        self.assertFalse(self.send())
        self.assertEqual(set(few.mapped("state")), {"decided"})

        self.decide(self.customers[4])

        self.assertEqual(len(self.send()), 5)

    def test_who_waited_in_vain_is_told_why(self):
        few = self.decide(self.customers[:4], date_decided=Datetime.now() - timedelta(days=31))

        self.send()

        self.assertEqual(set(few.mapped("reason")), {"too_few"})

    def test_each_gets_a_ballot_and_no_table_has_it(self):
        asked, ballots = self.ask()

        self.assertEqual(len(set(ballots)), len(asked))
        stored = json.dumps(self._snapshot(), default=str)
        for ballot in ballots:
            self.assertTrue(self.ballots._find(ballot))
            self.assertNotIn(ballot, stored)

    def test_no_mail_stays_in_a_queue_or_a_history(self):
        before = self._snapshot()
        asked, _ballots = self.ask()
        after = self._snapshot()

        self.assertEqual(set(asked.mapped("state")), {"sent"})
        self.assertEqual(before["mail_mail"], after["mail_mail"])
        self.assertFalse(asked.user_input_id)

    def test_the_order_of_ballots_is_not_that_of_customers(self):
        self.ask()

        digests = self.ballots.search([("survey_id", "=", self.secret.id)], order="id")
        self.assertEqual(digests.mapped("digest"), sorted(digests.mapped("digest")))

    def test_a_ballot_knows_of_the_asking_what_five_have_in_common(self):
        own = {"user_id": self.employee.id, "team_id": self.team.id}
        self.decide(self.customers[:5], **own)
        self.decide(self.customers[5:8], user_id=self.colleague.id, team_id=self.team.id)
        self.decide(self.customers[8:10], user_id=self.colleague.id, team_id=self.other_team.id)

        self.send()

        ballots = self.ballots.search([("survey_id", "=", self.secret.id)])
        self.assertEqual(ballots.user_id, self.employee | self.env["res.users"])
        self.assertEqual(
            sorted((one.team_id.id or 0, one.user_id.id or 0) for one in ballots),
            sorted([(self.team.id, self.employee.id)] * 5 + [(0, 0)] * 5),
        )

    def test_who_does_not_get_his_mail_gets_another_ballot_and_the_first_is_void(self):
        asked = self.decide(self.customers[:6])
        address = asked[0].partner_id.email

        mails = self.send(failing=[address])

        self.assertEqual(asked[0].state, "failed")
        self.assertTrue(asked[0].date_retry)
        self.assertEqual(len(mails), 5)
        self.assertEqual(self.ballots.search_count([("survey_id", "=", self.secret.id)]), 5)

    def test_t18_a_second_run_sends_nothing_twice(self):
        self.ask()

        self.assertFalse(self.send())

    def test_a_job_that_was_stopped_writes_to_nobody_again(self):
        asked = self.decide(self.customers[:6])
        asked._prepare_letters()
        self.assertEqual(set(asked.mapped("state")), {"queued"})

        with freeze_time(Datetime.now() + timedelta(hours=3)):
            self.assertFalse(self.send())

        self.assertEqual(set(asked.mapped("state")), {"sent"})

    def test_the_hours_of_a_trigger_hold(self):
        trigger = self.env["crm.survey.trigger"].create(
            {"name": "By day", "survey_id": self.secret.id}
        )
        self.customers.tz = "UTC"
        with freeze_time("2026-03-02 23:00:00"):
            asked = self.decide(self.customers[:6], trigger_id=trigger.id)
            self.assertFalse(self.send())
            self.assertEqual(asked[0].date_planned, Datetime.to_datetime("2026-03-03 09:00:00"))

        with freeze_time("2026-03-03 10:00:00"):
            self.assertEqual(len(self.send()), 6)

    def test_the_usual_job_leaves_anonymous_ones_alone(self):
        asked = self.decide(self.customers[:6])

        self.assertFalse(asked.filtered_domain(self.invitations._get_sendable_domain()))

    def test_reminders_go_to_everybody_and_have_no_link(self):
        asked, ballots = self.ask()
        self.cast(ballots[0])
        self.assertTrue(all(one.date_remind for one in asked))

        with freeze_time(MONDAY):
            asked._remind()

        mails = self.env["mail.mail"].search([("crm_survey_invitation_id", "in", asked.ids)])
        self.assertEqual(len(mails), len(asked))
        self.assertNotIn("/customer-survey/ballot/", " ".join(mails.mapped("body_html")))

    # ways that know who answers

    def test_other_ways_are_closed_and_say_why(self):
        asked, _ballots = self.ask()
        trigger = {"name": "By phone", "survey_id": self.secret.id, "channel": "phone"}
        wave = {"name": "Lost", "survey_id": self.secret.id}
        rule = {"name": "Talk", "survey_ids": [Command.set(self.secret.ids)]}
        for deed in (
            asked.with_user(self.manager).action_call,
            asked.with_user(self.manager).action_print_sheet,
            lambda: self.env["crm.survey.trigger"].create(trigger),
            lambda: self.env["crm.survey.wave"].create(wave),
            lambda: self.env["crm.survey.loop.rule"].create(rule),
        ):
            with self.subTest(deed), self.assertRaisesRegex(UserError, "is anonymous"):
                deed()
        self.assertFalse(asked._get_score_links())

    def test_a_survey_that_is_asked_by_phone_does_not_become_anonymous(self):
        named = self.survey(("nps",), title="By Name")
        self.env["crm.survey.trigger"].create(
            {"name": "By phone", "survey_id": named.id, "channel": "phone"}
        )

        with self.assertRaisesRegex(ValidationError, "by phone"):
            named.is_anonymous = True

    def test_a_mail_server_that_is_away_spends_nothing(self):
        asked = self.decide(self.customers[:6])
        refused = patch.object(IrMail_Server, "_connect__", side_effect=OSError("away"))

        with refused:
            self.assertFalse(self.send())

        self.assertEqual(set(asked.mapped("state")), {"failed"})
        self.assertFalse(self.ballots.search_count([("survey_id", "=", self.secret.id)]))
        with freeze_time(MONDAY):
            self.assertEqual(len(self.send()), 6)

    def test_a_broken_text_fails_for_whom_it_is_broken(self):
        template = self.env.ref("crm_surveys.crm_survey_mail_template_anonymous").copy()
        template.body_html = (
            "<a t-att-href='object._get_answer_url()'><t t-out='1 / len(object.partner_id.city or"
            " [])'/></a>"
        )
        self.secret.invitation_template_id = template
        self.customers[:5].city = "Riga"
        asked = self.decide(self.customers[:6])

        mails = self.send()

        self.assertEqual(len(mails), 5)
        self.assertEqual(asked[5].state, "failed")
        self.assertIn("broken", asked[5].note)

    def test_a_second_way_of_a_trigger_is_not_taken(self):
        (asked,) = self.invitations._invite(
            [
                {
                    "survey_id": self.secret.id,
                    "partner_id": self.customer.id,
                    "channel": "sms",
                    "second_channel": "phone",
                }
            ]
        )

        self.assertEqual(asked.channel, "mail")

    # answering

    def test_a_ballot_is_spent_once(self):
        _asked, ballots = self.ask()

        self.assertTrue(self.cast(ballots[0]))

        self.assertFalse(self.ballots._find(ballots[0]))
        self.assertEqual(self.boxed.search_count([("survey_id", "=", self.secret.id)]), 1)

    def _snapshot(self):
        """Return every row of every table, as the administrator reads them."""
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT table_name FROM information_schema.tables "
            "WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
        )
        snapshot = {}
        for (table,) in self.env.cr.fetchall():
            self.env.cr.execute(SQL("SELECT to_jsonb(t)::text FROM %s AS t", SQL.identifier(table)))
            snapshot[table] = sorted(row for (row,) in self.env.cr.fetchall())
        return snapshot

    def _get_difference(self, before, after):
        """Return the rows that are new or gone, by table."""
        return {
            table: [*(set(before[table]) ^ set(rows))]
            for table, rows in after.items()
            if before[table] != rows
        }

    def test_t16_an_answer_changes_nothing_that_knows_a_person(self):
        asked, ballots = self.ask()
        before = self._snapshot()

        self.cast(ballots[2], text="They were late")
        changed = self._get_difference(before, self._snapshot())

        self.assertEqual(set(changed), TOUCHED_BY_ANSWER)
        self._check_names_nobody(changed, asked)

    def _check_names_nobody(self, changed, asked):
        """Fail if a row that has changed says who, or when within the day."""
        people = asked.partner_id
        names = {*people.mapped("name"), *people.mapped("email")}
        day = Date.to_string(Date.today())
        for table, rows in changed.items():
            for row in rows:
                values = json.loads(row)
                self.assertFalse(names & {str(value) for value in values.values()}, table)
                for column, value in values.items():
                    if column.endswith(("partner_id", "invitation_id")):
                        self.assertIsNone(value, f"{table}.{column}")
                    if column in ("create_uid", "write_uid"):
                        self.assertEqual(value, 1, f"{table}.{column}")
                    is_moment = isinstance(value, str) and value.startswith(day + "T")
                    if is_moment and column not in ("create_date", "write_date"):
                        self.assertTrue(value.endswith("T12:00:00"), f"{table}.{column}: {value}")

    def test_t16_nothing_that_knows_a_person_changes_when_answers_are_let_out(self):
        asked, ballots = self.ask(12)
        for number, ballot in enumerate(ballots[:11]):
            self.cast(ballot, nps=number % 11, driver=3, text=f"Words {number}")
        before = self._snapshot()

        self.pour()
        changed = self._get_difference(before, self._snapshot())

        self.assertEqual(set(changed), {"crm_survey_boxed", *TOUCHED_BY_LETTING_OUT})
        self._check_names_nobody(changed, asked)
        # written together: neither moments nor transactions tell one from the other
        for table in ("survey_user_input", "crm_survey_fact"):
            self.env.cr.execute(
                SQL(
                    "SELECT COUNT(*), COUNT(DISTINCT create_date), COUNT(DISTINCT xmin::text) "
                    "FROM %s WHERE survey_id = %s",
                    SQL.identifier(table),
                    self.secret.id,
                )
            )
            self.assertEqual(self.env.cr.fetchone(), (6, 1, 1), table)

    def test_ids_do_not_follow_the_order_of_answers(self):
        _asked, ballots = self.ask(12)
        for number, ballot in enumerate(ballots):
            self.cast(ballot, nps=number % 11)
        in_box = self.boxed.search([("survey_id", "=", self.secret.id)], order="id")

        said = [next(iter(one.content.values()))["answer"] for one in in_box]

        self.assertEqual(len(said), 12)
        # twelve answers in the order they came, by chance: once in 479,001,600
        self.assertNotEqual(said, [str(number % 11) for number in range(12)])

    def test_what_stays_in_the_box_is_stirred(self):
        _asked, ballots = self.ask()
        for ballot in ballots[:4]:
            self.cast(ballot)
        before = self.boxed.search([("survey_id", "=", self.secret.id)])

        self.pour()

        self.assertFalse(before.exists())
        self.assertEqual(self.boxed.search_count([("survey_id", "=", self.secret.id)]), 4)

    def test_answers_come_out_five_at_least_and_all_when_it_is_closed(self):
        _asked, ballots = self.ask(12)
        for ballot in ballots[:9]:
            self.cast(ballot)
        self.pour()
        self.assertFalse(self.responses())
        self.cast(ballots[9])
        self.pour()
        self.assertEqual(len(self.responses()), 5)

        self.secret.active = False
        self.pour()

        self.assertEqual(len(self.responses()), 10)
        self.assertFalse(self.boxed.search_count([("survey_id", "=", self.secret.id)]))

    def test_fewer_than_five_never_come_out(self):
        _asked, ballots = self.ask()
        for ballot in ballots[:4]:
            self.cast(ballot)
        self.secret.active = False

        self.pour()

        self.assertFalse(self.responses())

    @freeze_time("2026-03-03 02:00:00")
    def test_an_answer_that_is_let_out_has_a_day_and_its_figures(self):
        self.fill(*[(self.team, self.employee, 10)] * 5)

        facts = self.facts()
        self.assertEqual(facts.mapped("nps_value"), [10] * 5)
        self.assertEqual(set(facts.mapped("date")), {Datetime.to_datetime("2026-03-02 12:00:00")})
        self.assertEqual((facts.user_id, facts.team_id), (self.employee, self.team))
        self.assertEqual(len(self.responses().user_input_line_ids), 10)

    def test_a_rebuild_gives_the_same_rows(self):
        self.fill(*[(self.team, self.employee, 10)] * 5)
        before = self.facts()

        self.assertFalse(self.secret._rebuild_facts())

        self.assertEqual(self.facts(), before)

    def test_nobody_is_asked_to_talk_about_an_anonymous_answer(self):
        self.env["crm.survey.loop.rule"].create({"name": "Any", "metric": "nps"})

        self.fill(*[(self.team, self.employee, 0)] * 5)

        followups = self.env["crm.survey.followup"]
        self.assertFalse(followups.search([("fact_id", "in", self.facts().ids)]))

    def test_one_survey_that_cannot_be_let_out_holds_up_no_other(self):
        self.fill(*[(self.team, self.employee, 9)] * 4)
        broken = self.secret.copy({"title": "Broken"})
        for _number in range(5):
            token = self.ballots._draw()
            self.ballots._sealed_create(
                [
                    {
                        "survey_id": broken.id,
                        "company_id": self.env.company.id,
                        "digest": self.ballots._get_digest(token),
                    }
                ]
            )
            wrong = {str(broken.question_ids[0].id): {"answer": ["no", "scale"]}}
            self.ballots._find(token)._cast(wrong)
        broken.active = False
        (token,) = [self.ballots._draw()]
        self.ballots._sealed_create(
            [
                {
                    "survey_id": self.secret.id,
                    "company_id": self.env.company.id,
                    "digest": self.ballots._get_digest(token),
                }
            ]
        )
        self.cast(token)

        with mute_logger("odoo.addons.crm_surveys.models.anonymous.crm_survey_boxed"):
            self.pour()

        self.assertEqual(len(self.responses()), 5)
        self.assertEqual(self.boxed.search_count([("survey_id", "=", broken.id)]), 5)

    def test_ballots_end_with_their_day(self):
        _asked, ballots = self.ask()

        with freeze_time(Datetime.now() + timedelta(days=40)):
            self.assertFalse(self.ballots._find(ballots[0])._is_open())
            self.pour()

        self.assertFalse(self.ballots._find(ballots[0]))

    def test_what_is_measured_stays_while_answers_wait(self):
        _asked, ballots = self.ask()
        self.cast(ballots[0])

        with self.assertRaisesRegex(UserError, "wait to be let out"):
            self.secret.question_ids[0].scale_max = 9
