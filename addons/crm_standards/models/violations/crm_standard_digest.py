from __future__ import annotations

import logging
from datetime import date, datetime

import pytz
from psycopg2.errors import SerializationFailure

from odoo import api, fields, models
from odoo.tools import SQL, split_every

from ...logic.digest import Section, is_worth_sending, morning_of, window

_logger = logging.getLogger(__name__)

BATCH = 20


class CrmStandardDigest(models.Model):
    """One person's digest of one day: the proof that it was made, once, and of what.

    The row is the claim: whoever inserts it makes the mail, in the same transaction, so that two
    workers or a crash in the middle give each person one mail and no more. It stays also when
    there was nothing to tell. The mail itself is read with the person's own rights.
    """

    _name = "crm.standard.digest"
    _description = "Digest of Standards"
    _inherit = ["crm.deadline.sealed"]
    _order = "date desc, id desc"
    _rec_name = "user_id"

    user_id = fields.Many2one("res.users", required=True, readonly=True, ondelete="cascade")
    date = fields.Date(string="Day", required=True, readonly=True, index=True)
    date_from = fields.Datetime(string="News from", readonly=True)
    date_to = fields.Datetime(string="News to", readonly=True)
    date_sent = fields.Datetime(
        string="Sent on", readonly=True, help="Empty: there was nothing new to tell."
    )
    line_count = fields.Integer(string="Lines", readonly=True)
    error = fields.Text(readonly=True, help="Why it could not be made.")

    _once = models.UniqueIndex("(user_id, date)", "One digest a person and day.")

    # ---- the job --------------------------------------------------------------------------

    @api.model
    def _cron_send(self) -> None:
        """Send the digests of everybody whose morning has begun and who has none of today."""
        commit = self.env["ir.cron"]._commit_progress
        due = self._find_due_people()
        commit(remaining=len(due))
        for people in split_every(BATCH, due.items()):
            for digest in self._claim(dict(people)):
                digest._send()
            if not commit(len(people)):
                return

    @api.model
    def _find_due_people(self) -> dict[int, date]:
        """Return whose digest is to be made, with his own day."""
        now = fields.Datetime.now()
        people = self.env.ref("crm_standards.group_user").all_user_ids
        mornings = {}
        for person in people.filtered(lambda user: user.active and user.email):
            zone = pytz.timezone(person.tz or "UTC")
            if day := morning_of(now, zone, person.company_id.standard_digest_hour):
                mornings[person.id] = day
        made = self.search(
            [("user_id", "in", list(mornings)), ("date", "in", [*mornings.values()])]
        )
        done = {(digest.user_id.id, digest.date) for digest in made}
        return {user: day for user, day in mornings.items() if (user, day) not in done}

    @api.model
    def _claim(self, days: dict[int, date]):
        """Insert the rows of these people's days and return those nobody else has inserted."""
        self.flush_model()
        query = SQL(
            """
            INSERT INTO crm_standard_digest (
                user_id, date, create_uid, create_date, write_uid, write_date)
            SELECT claim.user_id, claim.date, %(uid)s, %(now)s, %(uid)s, %(now)s
              FROM unnest(%(users)s::int[], %(days)s::date[]) AS claim(user_id, date)
       ON CONFLICT (user_id, date) DO NOTHING
         RETURNING id
            """,
            users=list(days),
            days=list(days.values()),
            uid=self.env.uid,
            now=self.env.cr.now(),
        )
        try:
            with self.env.cr.savepoint():
                self.env.cr.execute(query, log_exceptions=False)
                return self.browse(digest_id for (digest_id,) in self.env.cr.fetchall())
        except SerializationFailure:  # another worker is at the same people
            return self.browse()

    def _send(self) -> None:
        """Make one person's mail; whatever fails stops nobody else's."""
        self.ensure_one()
        now = fields.Datetime.now()
        values = dict(
            zip(("date_from", "date_to"), window(now, self._find_last_end()), strict=True)
        )
        try:
            with self.env.cr.savepoint():
                sections = self._make_sections(values["date_from"], values["date_to"])
                if is_worth_sending(sections):
                    self._mail(sections)
                    lines = sum(len(section.lines) for section in sections)
                    values |= {"date_sent": now, "line_count": lines}
        except Exception as error:  # one person's data must not cost the others their mail
            _logger.exception("digest of user %s", self.user_id.id, exc_info=error)
            values["error"] = f"{type(error).__name__}: {error}"
        self._sealed_write(values)

    def _find_last_end(self) -> datetime | None:
        """Return until when the person has been told."""
        last = self.search(
            [("user_id", "=", self.user_id.id), ("error", "=", False), ("date_to", "!=", False)],
            order="date_to desc",
            limit=1,
        )
        return last.date_to or None

    # ---- the mail -------------------------------------------------------------------------

    def _make_sections(self, start: datetime, end: datetime) -> list[Section]:
        """Return what the person should read, found with his own rights and in his language."""
        person = self.user_id
        env = self.env(
            user=person.id,
            su=False,
            context={
                "lang": person.lang or "en_US",
                "tz": person.tz or "UTC",
                "allowed_company_ids": person.company_ids.ids,
            },
        )
        sections = self.with_env(env)._prepare_sections(start, end)
        return [section for section in sections if section.lines]

    @api.model
    def _prepare_sections(self, start: datetime, end: datetime) -> list[Section]:
        """Hook: return the parts of the digest of ``self.env.user``, with his own rights.

        Add-ons add what else he should know in the morning. Nothing here may be in sudo: the mail
        must not tell more than the person may read.

        :param start: news since then (naive UTC), not included
        :param end: and until then
        """
        return []

    def _mail(self, sections: list[Section]) -> None:
        """Put the mail into the queue, in this transaction."""
        person = self.user_id
        lang = person.lang or "en_US"
        digest = self.with_context(lang=lang)
        body = digest.env["ir.qweb"]._render(
            "crm_standards.crm_standard_digest_mail",
            {
                "person": person.name,
                "sections": sections,
                "base_url": digest.get_base_url(),
                "day": digest.date,
            },
        )
        company = person.company_id
        self.env["mail.mail"].create(
            {
                "subject": digest.env._("Standards: what is new today"),
                "body_html": body,
                "recipient_ids": [fields.Command.link(person.partner_id.id)],
                "email_from": company.email_formatted or self.env.user.email_formatted,
                "auto_delete": True,
            }
        )
