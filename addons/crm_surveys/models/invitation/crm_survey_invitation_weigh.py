from dataclasses import dataclass
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ...logic import address, fatigue
from ...logic import invitation as logic

#: In these states a customer has been asked and may still answer.
OPEN = [logic.DECIDED, logic.QUEUED, logic.SENT, logic.OPENED, logic.STARTED]


@dataclass
class Known:
    """What is known about the customers of a batch, read at once."""

    people: dict
    contacts: dict
    asked: set
    answered: set


class CrmSurveyInvitation(models.Model):
    """Deciding under the budget: everybody a survey is meant for gets a row, asked or not."""

    _inherit = "crm.survey.invitation"

    @api.model
    def _invite(self, vals_list):
        """Decide whom of these to ask, and return an invitation for each of them.

        As ``_decide``, but nobody is asked against his will, without an address or beyond the
        budget: those are not sent, with their reason. Further keys: ``second_channel`` where the
        first cannot be used, and ``reason`` for what the caller knows already. The number of
        statements does not depend on how many they are. In sudo; raises a serialization failure
        if somebody else is deciding about the same customers.
        """
        self.flush_model()
        moments = self._prepare_moment(vals_list)
        known = self._get_known(vals_list, moments)
        self.env["crm.survey.budget.turn"]._take(
            {*known.contacts.values(), *(person["company"] for person in known.people.values())}
        )
        verdicts, displaced = self._weigh(vals_list, moments, known)
        displaced._move(logic.NOT_SENT, reason=fatigue.OUTRANKED)
        now = fields.Datetime.now()
        for verdict in verdicts:
            if verdict.get("reason"):
                verdict |= {"state": logic.NOT_SENT, "date_not_sent": now, "date_planned": False}
        return self._decide(verdicts)

    @api.model
    def _weigh(self, vals_list, moments, known, trial=None):
        """Return values of invitations with the verdict on each, and those that have to give way.

        Nothing is written. ``trial`` is a trigger whose past is imagined: what it has asked does
        not count.
        """
        limits = self.env["crm.survey.budget"]._get_limits()
        verdicts, candidates, taken = [], [], set()
        for key, (vals, moment) in enumerate(zip(vals_list, moments, strict=True)):
            verdict = self._judge(vals, moment, known, trial)
            contact = known.contacts.get(moment["partner_id"])
            places = {(verdict["survey_id"], contact), *self._get_text_places(verdict, known)}
            if not verdict.get("reason") and not trial and places & taken:
                verdict["reason"] = "duplicate"
            verdicts.append(verdict)
            if verdict.get("reason"):
                continue
            taken |= places
            touch = fatigue.Touch(
                contact,
                moment["commercial_partner_id"],
                verdict["date_planned"],
                verdict["channel"],
            )
            candidates.append(
                fatigue.Candidate(
                    key, touch, verdict["value"], limits.get(moment["company_id"], ())
                )
            )
        waiting, touches = self._get_touches(candidates, known, limits, trial)
        reasons = fatigue.choose([*candidates, *waiting], touches)
        for key, reason in reasons.items():
            if key >= 0:
                verdicts[key]["reason"] = reason
        return verdicts, self.browse([-key for key in reasons if key < 0])

    @api.model
    def _get_text_places(self, verdict, known):
        """Return the survey and the number of an SMS: it rings in one pocket, whoever is meant."""
        if verdict["channel"] != address.SMS or verdict.get("reason"):
            return ()
        return ((verdict["survey_id"], known.people[verdict["partner_id"]]["person"].number),)

    @api.model
    def _judge(self, vals, moment, known, trial):
        """Return the values of one invitation, with the reason where its own state forbids it."""
        survey = self.env["survey.survey"].browse(vals["survey_id"])
        person = known.people.get(moment["partner_id"])
        channels = [vals.get("channel") or "mail", vals.get("second_channel")]
        channel, reason = address.find_way(
            person and person["person"], [channel for channel in channels if channel]
        )
        verdict = {name: value for name, value in vals.items() if name != "second_channel"}
        verdict |= {"channel": channel, "partner_id": moment["partner_id"]}
        verdict.setdefault("value", survey.invitation_value)
        moment_wanted = vals.get("date_planned") or fields.Datetime.now()
        trigger = trial or self.env["crm.survey.trigger"].browse(vals.get("trigger_id"))
        company = self.env["res.company"].browse(moment["company_id"])
        zone = (person and person["tz"]) or company.partner_id.tz
        planned = trigger._get_opening(moment_wanted, zone) if trigger else moment_wanted
        contact = known.contacts.get(moment["partner_id"])
        about = (survey.id, contact, moment["res_model"], moment["res_id"])
        if not reason and not survey.active:
            reason = "survey_closed"
        elif not reason and not trial and moment["res_id"] and about in known.answered:
            reason = "answered"
        elif (
            not reason
            and not trial
            and known.asked.intersection(
                [(survey.id, contact), *self._get_text_places(verdict, known)]
            )
        ):
            reason = "asked"
        elif not reason and not planned:
            reason = "window_closed"
        verdict["date_planned"] = planned or False
        verdict["reason"] = vals.get("reason") or reason or False
        return verdict

    @api.model
    def _get_known(self, vals_list, moments):
        """Read what is known about these customers: two statements, however many they are."""
        partner_ids = list({moment["partner_id"] for moment in moments if moment["partner_id"]})
        people, contacts = self._get_people(partner_ids)
        asked, answered = set(), set()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT survey_id, partner_id, NULL::varchar AS res_model, NULL::integer AS res_id,
                       NULL::varchar AS number, FALSE AS is_answered
                  FROM crm_survey_invitation
                 WHERE partner_id = ANY(%(partners)s) AND survey_id = ANY(%(surveys)s)
                   AND (state = ANY(%(open)s) OR (state = 'failed' AND date_retry IS NOT NULL))
                 UNION ALL
                SELECT texted.survey_id, NULL, NULL, NULL, person.phone_sanitized, FALSE
                  FROM crm_survey_invitation texted
                  JOIN res_partner person ON person.id = texted.partner_id
                 WHERE texted.channel = 'sms' AND texted.survey_id = ANY(%(surveys)s)
                   AND (texted.state = ANY(%(open)s)
                        OR (texted.state = 'failed' AND texted.date_retry IS NOT NULL))
                   AND person.phone_sanitized = ANY(%(numbers)s)
                 UNION ALL
                SELECT survey_id, partner_id, res_model, res_id, NULL, TRUE FROM crm_survey_fact
                 WHERE partner_id = ANY(%(partners)s) AND survey_id = ANY(%(surveys)s)
                   AND res_id IS NOT NULL
                """,
                partners=list(contacts),
                numbers=[number for one in people.values() if (number := one["person"].number)],
                surveys=list({vals["survey_id"] for vals in vals_list}),
                open=OPEN,
            )
        )
        for survey_id, partner_id, res_model, res_id, number, is_answered in rows:
            contact = number or contacts[partner_id]
            if is_answered:
                answered.add((survey_id, contact, res_model, res_id))
            else:
                asked.add((survey_id, contact))
        return Known(people, contacts, asked, answered)

    @api.model
    def _get_people(self, partner_ids):
        """Return what decides whether contacts can be asked, and who is who.

        Contacts with one address are one person: each is known by the lowest id among them. The
        address is the mail's, or without one the number. A number alone does not make one person
        of those who have mails: colleagues share the telephone of their office.
        """
        self.env["res.partner"].flush_model()
        rows = self.env.execute_query_dict(
            SQL(
                """
                WITH twin AS (
                    SELECT id, MIN(id) OVER (PARTITION BY email_normalized) AS contact
                      FROM res_partner
                     WHERE email_normalized IN (
                           SELECT email_normalized FROM res_partner
                            WHERE id = ANY(%(ids)s) AND email_normalized != '')
                     UNION ALL
                    SELECT id, MIN(id) OVER (PARTITION BY phone_sanitized)
                      FROM res_partner
                     WHERE COALESCE(email_normalized, '') = '' AND phone_sanitized IN (
                           SELECT phone_sanitized FROM res_partner
                            WHERE id = ANY(%(ids)s) AND phone_sanitized != ''
                              AND COALESCE(email_normalized, '') = '')
                )
                SELECT person.id, COALESCE(twin.contact, person.id) AS contact,
                       person.id = ANY(%(ids)s) AS is_chosen,
                       COALESCE(person.commercial_partner_id, person.id) AS company,
                       person.email_normalized, person.phone_sanitized, person.tz,
                       person.has_survey_opt_out,
                       EXISTS (SELECT FROM mail_blacklist black
                                WHERE black.active AND black.email = person.email_normalized
                       ) AS is_email_blocked,
                       EXISTS (SELECT FROM phone_blacklist black
                                WHERE black.active AND black.number = person.phone_sanitized
                       ) AS is_number_blocked,
                       EXISTS (SELECT FROM res_users users
                                WHERE users.partner_id = person.id AND users.active
                                  AND users.share IS NOT TRUE) AS is_colleague
                  FROM res_partner person
             LEFT JOIN twin ON twin.id = person.id
                 WHERE person.id = ANY(%(ids)s) OR twin.id IS NOT NULL
                """,
                ids=partner_ids,
            )
        )
        contacts = {row["id"]: row["contact"] for row in rows}
        refused = {row["contact"] for row in rows if row["has_survey_opt_out"]}
        addresses = {row["email_normalized"] for row in rows if row["email_normalized"]}
        no_mails = self._find_refused(addresses)
        people = {
            row["id"]: {
                "company": row["company"],
                "tz": row["tz"],
                "person": address.Person(
                    email=row["email_normalized"],
                    number=row["phone_sanitized"],
                    is_opted_out=row["contact"] in refused,
                    is_email_blocked=row["is_email_blocked"],
                    is_number_blocked=row["is_number_blocked"],
                    is_colleague=row["is_colleague"],
                    is_mail_refused=row["email_normalized"] in no_mails,
                ),
            }
            for row in rows
            if row["is_chosen"]
        }
        return people, contacts

    @api.model
    def _get_touches(self, candidates, known, limits, trial):
        """Return the candidates that wait already, and when these customers were asked.

        A waiting one has its negative id as key.
        """
        if not candidates:
            return [], []
        budgets = self.env["crm.survey.budget"]
        span = timedelta(days=budgets._get_longest())
        rows = self.env.execute_query_dict(
            SQL(
                """
                SELECT * FROM (%(queries)s) AS touch
                 WHERE (commercial_partner_id = ANY(%(companies)s)
                        OR partner_id = ANY(%(partners)s))
                   AND date > %(since)s AND trigger_id IS DISTINCT FROM %(trial)s
                """,
                queries=SQL(" UNION ALL ").join(budgets._get_touch_queries()),
                companies=list({one.touch.company for one in candidates}),
                partners=list(known.contacts),
                since=min(one.touch.date for one in candidates) - span,
                trial=trial._origin.id if trial else 0,
            )
        )
        own = [row["waiting_id"] for row in rows if row["waiting_id"] and not trial]
        invitations = {one.id: one for one in self.browse(own)}
        waiting, touches = [], []
        for row in rows:
            touch = fatigue.Touch(
                known.contacts.get(row["partner_id"], row["partner_id"]),
                row["commercial_partner_id"],
                row["date"],
                row["channel"],
            )
            invitation = invitations.get(row["waiting_id"])
            if invitation is None:
                touches.append(touch)
                continue
            own_limits = limits.get(invitation.company_id.id, ())
            waiting.append(
                fatigue.Candidate(-invitation.id, touch, invitation.value, own_limits, True)
            )
        return waiting, touches
