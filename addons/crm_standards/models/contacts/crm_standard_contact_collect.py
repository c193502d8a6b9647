"""How contacts are gathered: in one statement for any number of messages."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import NamedTuple

from odoo import SUPERUSER_ID, api, fields, models
from odoo.tools import SQL, split_every

from ..common.isolation import HOPELESS, attempt_each

_logger = logging.getLogger(__name__)

#: How many messages one statement of the job looks at.
BATCH = 10_000
#: And how many meetings: where one fails, they are looked at one by one.
MEETINGS = 1000
#: Where the job's position in the table of messages is kept.
POSITION = "crm_standards.contact_message_id"
#: Ends of meetings that the job looks back for, so that late entries are found.
MEETING_DAYS = 30
PRECOMMIT_KEY = "crm_standards.contact_message_ids"


class Fact(NamedTuple):
    """What others want to know of a contact that was just noted."""

    lead_id: int | None
    direction: str


class CrmStandardContact(models.Model):
    """The hooks fill the table as people work; the job takes up what was there before them.

    Both run the same statement, and a unique index makes running it twice harmless.
    """

    _inherit = "crm.standard.contact"

    @api.model
    def _note_messages(self, message_ids: Iterable[int]) -> None:
        """Remember messages of this transaction: they are looked at once, when it ends.

        Recipients and done activities are complete only then.
        """
        known = self.env.cr.precommit.data.setdefault(PRECOMMIT_KEY, set())
        if not known:
            # what is noted holds for everybody, and the law must not depend on who wrote first
            contacts = self.with_env(self.env(su=True, context={}))
            self.env.cr.precommit.add(contacts._collect_noted)
        known.update(message_ids)

    @api.model
    def _collect_noted(self) -> None:
        """Turn the remembered messages into contacts.

        Should that fail, nobody's message is lost for it: it is logged, and the job tries again.
        """
        if ids := self.env.cr.precommit.data.pop(PRECOMMIT_KEY, None):
            # what others left to do fails loudly: after a failure nothing of it can be committed
            self.env.cr.flush()
            try:
                with self.env.cr.savepoint():
                    self._collect_messages(SQL("message.id = ANY(%s)", sorted(ids)))
            except Exception as error:  # whatever it is, people's work goes on
                _logger.exception("contacts of messages %s not noted", ids, exc_info=error)

    @api.model
    def _collect_messages(self, which: SQL) -> None:
        """Note the contacts among some messages, and stop the clocks of leads that were answered.

        :param which: condition on the alias ``message``
        """
        self.env.flush_all()
        facts = [Fact(*row) for row in self.env.execute_query(self._collect_messages_sql(which))]
        self._follow({fact.lead_id for fact in facts if fact.lead_id})

    @api.model
    def _follow(self, lead_ids: set[int]) -> None:
        """Stop the clocks of leads that were contacted.

        Should that fail, the contacts are noted all the same: the job of the limits tries again.
        """
        follow = self.env["crm.standard.contact.limit"]._follow_contacts
        if lead_ids:
            attempt_each(self.env, "stopping clocks of leads", sorted(lead_ids), follow)

    @api.model
    def _collect_messages_sql(self, which: SQL) -> SQL:
        """Return the statement that notes the contacts among some messages.

        - Ours goes out when an employee wrote it by hand or did it (a done call), and the customer
          got it. Theirs comes in when somebody else wrote it.
        - The customer is the document's; of other documents, whoever else received or wrote it.
        """
        return SQL(
            """
            INSERT INTO crm_standard_contact (partner_id, lead_id, date, direction, channel,
                   user_id, team_id, company_id, res_model, res_id, source, source_id)
            SELECT DISTINCT ON (message.id, customer.id)
                   customer.id, document.lead_id, message.date,
                   CASE WHEN employee.id IS NULL THEN 'in' ELSE 'out' END,
                   CASE WHEN type.contact_channel IS NOT NULL THEN type.contact_channel
                        WHEN message.message_type IN ('email', 'email_outgoing') THEN 'email'
                        WHEN employee.id IS NULL OR message.message_type = 'sms' THEN 'message'
                        ELSE 'email' END,
                   employee.id, COALESCE(document.team_id, employee.sale_team_id),
                   COALESCE(document.company_id, employee.company_id),
                   message.model, message.res_id, 'message', message.id
              FROM mail_message AS message
         LEFT JOIN mail_message_subtype AS subtype ON subtype.id = message.subtype_id
         LEFT JOIN mail_activity_type AS type ON type.id = message.mail_activity_type_id
         LEFT JOIN LATERAL (%(employee)s) AS employee ON TRUE
         LEFT JOIN LATERAL (%(document)s) AS document ON TRUE
         LEFT JOIN LATERAL (%(others)s) AS other ON TRUE
         LEFT JOIN res_partner AS customer
                ON customer.id = COALESCE(document.partner_id, other.commercial_partner_id)
             WHERE %(which)s
               AND message.model IS NOT NULL AND message.res_id IS NOT NULL
               AND message.model != ALL(%(ignored)s)
               AND message.author_id IS DISTINCT FROM %(robot)s
               AND (customer.id IS NOT NULL OR document.lead_id IS NOT NULL)
               AND CASE
                   WHEN type.contact_channel IS NOT NULL THEN employee.id IS NOT NULL
                        AND NOT (type.category = 'meeting' AND EXISTS (%(meeting)s))
                   WHEN message.message_type != ALL(%(types)s) THEN FALSE
                   -- a text message is filed as a note, and goes out all the same
                   WHEN message.message_type != 'sms'
                        AND (message.is_internal OR subtype.internal) THEN FALSE
                   WHEN employee.id IS NULL THEN message.message_type IN ('email', 'comment', 'sms')
                   ELSE other.id IS NOT NULL OR message.message_type IN ('email_outgoing', 'sms')
                        OR message.outgoing_email_to IS NOT NULL
                   END
               AND NOT EXISTS (SELECT 1 FROM crm_standard_contact AS known
                                WHERE known.source = 'message' AND known.source_id = message.id
                                  AND known.partner_id IS NOT DISTINCT FROM customer.id)
          ORDER BY message.id, customer.id
       ON CONFLICT DO NOTHING
         RETURNING lead_id, direction
            """,
            which=which,
            employee=self._employee_sql(SQL("message.author_id")),
            document=self._document_sql(),
            others=self._others_sql(),
            meeting=self._meeting_sql(),
            ignored=self._get_ignored_models(),
            types=self._get_message_types(),
            robot=self.env["res.users"].browse(SUPERUSER_ID).partner_id.id,
        )

    @api.model
    def _get_message_types(self) -> list[str]:
        """Hook: return the types of messages that people write (no notices, no automatic ones)."""
        return ["email", "comment", "email_outgoing", "sms"]

    @api.model
    def _get_ignored_models(self) -> list[str]:
        """Hook: return the models whose messages are no contacts with customers."""
        return ["discuss.channel", "mail.group"]

    @api.model
    def _get_document_queries(self) -> dict[str, SQL]:
        """Hook: return by model a SELECT of a document's customer, opportunity, team and company.

        Its columns are ``partner_id`` (the commercial partner), ``lead_id``, ``team_id`` and
        ``company_id``; the document is the one of ``message.res_id``. Messages on other models
        count for whoever outside the company wrote or received them.
        """
        return {
            "crm.lead": SQL(
                """SELECT person.commercial_partner_id AS partner_id, lead.id AS lead_id,
                          lead.team_id, lead.company_id
                     FROM crm_lead AS lead
                LEFT JOIN res_partner AS person ON person.id = lead.partner_id
                    WHERE lead.id = message.res_id"""
            ),
            "res.partner": SQL(
                """SELECT person.commercial_partner_id, NULL::int, NULL::int, person.company_id
                     FROM res_partner AS person WHERE person.id = message.res_id"""
            ),
        }

    @api.model
    def _document_sql(self) -> SQL:
        """Return the SELECT of the document a message is about, whatever its model."""
        return SQL(" UNION ALL ").join(
            SQL("(%s AND message.model = %s)", query, model)
            for model, query in self._get_document_queries().items()
        )

    @api.model
    def _employee_sql(self, partner: SQL) -> SQL:
        """Return the SELECT of the employee behind a partner."""
        return SQL(
            """SELECT person.id, person.sale_team_id, person.company_id
                 FROM res_users AS person
                WHERE person.partner_id = %s AND person.share IS NOT TRUE AND person.id != %s
             ORDER BY person.active DESC LIMIT 1""",
            partner,
            SUPERUSER_ID,
        )

    @api.model
    def _others_sql(self) -> SQL:
        """Return the SELECT of the people outside the company who wrote or got a message."""
        return SQL(
            """SELECT person.id, person.commercial_partner_id
                 FROM (SELECT message.author_id AS id WHERE employee.id IS NULL
                       UNION
                       SELECT rel.res_partner_id FROM mail_message_res_partner_rel AS rel
                        WHERE rel.mail_message_id = message.id AND employee.id IS NOT NULL
                       UNION
                       SELECT notice.res_partner_id FROM mail_notification AS notice
                        WHERE notice.mail_message_id = message.id AND employee.id IS NOT NULL
                      ) AS reached
                 JOIN res_partner AS person ON person.id = reached.id
                WHERE person.partner_share IS TRUE"""
        )

    @api.model
    def _meeting_sql(self) -> SQL:
        """Return the SELECT that finds the meeting behind a done activity: it counts itself."""
        return SQL(
            """SELECT 1 FROM mail_activity AS done
                WHERE done.res_model = message.model AND done.res_id = message.res_id
                  AND done.activity_type_id = message.mail_activity_type_id
                  AND done.calendar_event_id IS NOT NULL AND done.active IS NOT TRUE"""
        )

    # ---- the job --------------------------------------------------------------------------

    @api.model
    def _cron_collect(self) -> None:
        """Note the contacts nobody has noted yet: older messages, and meetings held meanwhile."""
        commit = self.env["ir.cron"]._commit_progress
        contacts = self.with_env(self.env(su=True, context={}))  # as in _note_messages
        position = self.env["ir.config_parameter"].sudo()  # the job's own note
        first = int(position.get_param(POSITION, 0))
        last = contacts._get_last_message_id()
        commit(remaining=(last - first) // BATCH + 2)
        while first < last:
            until = min(first + BATCH, last)
            contacts._collect_range(first, until)
            first = until
            position.set_param(POSITION, first)
            if not commit(1):
                return
        contacts._collect_meetings()
        commit(1, remaining=0)

    @api.model
    def _collect_meetings(self) -> None:
        """Note the meetings that are over; a bad one is logged and looked at again next time."""
        self.env.flush_all()
        found = self._find_meetings(self._get_meeting_days())
        for event_ids in split_every(MEETINGS, found, list):
            attempt_each(self.env, "contacts of meetings", event_ids, self._note_meetings)

    @api.model
    def _find_meetings(self, days: int) -> list[int]:
        """Return the ids of the meetings that were over within the last days."""
        now = fields.Datetime.now()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id FROM calendar_event AS event
                 WHERE event.stop <= %(now)s AND event.active
                   AND event.stop > %(now)s::timestamp - make_interval(days => %(days)s)
              ORDER BY id
                """,
                now=now,
                days=days,
            )
        )
        return [event_id for (event_id,) in rows]

    @api.model
    def _collect_range(self, after: int, until: int, left: int = HOPELESS) -> int:
        """Note the contacts among messages by their ids, by halves where that fails.

        So one bad message is found, logged and left out.

        :param after: the highest id that is not looked at
        :param left: so many messages may fail
        :return: how many more may fail
        :raise Exception: too many fail, so the fault is not with them: the next run begins here
        """
        which = SQL("message.id > %s AND message.id <= %s", after, until)
        try:
            with self.env.cr.savepoint():
                self._collect_messages(which)
        except Exception as error:
            if until - after > 1:
                middle = (after + until) // 2
                left = self._collect_range(after, middle, left)
                return self._collect_range(middle, until, left)
            if left <= 1:
                raise
            _logger.warning("contact of message %s not noted", until, exc_info=error)
            return left - 1
        return left

    @api.model
    def _get_last_message_id(self) -> int:
        """Return the highest id of a message."""
        return self.env.execute_query(SQL("SELECT COALESCE(max(id), 0) FROM mail_message"))[0][0]

    @api.model
    def _note_meetings(self, event_ids: list[int]) -> None:
        """Note meetings, for each customer who did not decline."""
        rows = self.env.execute_query(
            SQL(
                """
                INSERT INTO crm_standard_contact (partner_id, lead_id, date, direction, channel,
                       user_id, team_id, company_id, res_model, res_id, source, source_id)
                SELECT DISTINCT ON (event.id, customer.id)
                       customer.id, lead.id, event.start, 'out', 'meeting', event.user_id,
                       COALESCE(lead.team_id, employee.sale_team_id),
                       COALESCE(lead.company_id, employee.company_id),
                       'calendar.event', event.id, 'meeting', event.id
                  FROM calendar_event AS event
             LEFT JOIN crm_lead AS lead ON lead.id = event.opportunity_id
             LEFT JOIN res_users AS employee ON employee.id = event.user_id
             LEFT JOIN calendar_attendee AS attendee
                    ON attendee.event_id = event.id AND attendee.state != 'declined'
             LEFT JOIN res_partner AS person
                    ON person.id = attendee.partner_id AND person.partner_share
             LEFT JOIN res_partner AS host ON host.id = lead.partner_id
                  JOIN res_partner AS customer ON customer.id = COALESCE(
                       person.commercial_partner_id, host.commercial_partner_id)
                 WHERE event.id = ANY(%(ids)s)
                   AND NOT EXISTS (SELECT 1 FROM crm_standard_contact AS known
                                    WHERE known.source = 'meeting' AND known.source_id = event.id
                                      AND known.partner_id = customer.id)
              ORDER BY event.id, customer.id
           ON CONFLICT DO NOTHING
             RETURNING lead_id
                """,
                ids=event_ids,
            )
        )
        self._follow({lead_id for (lead_id,) in rows if lead_id})

    @api.model
    def _get_meeting_days(self) -> int:
        """Return how far back meetings are looked for: all of them the first time."""
        # the first look at the calendar takes in its whole past
        is_first = not self.sudo().search_count([("source", "=", "meeting")], limit=1)
        return 3650 if is_first else MEETING_DAYS
