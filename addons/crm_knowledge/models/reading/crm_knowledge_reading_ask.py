import logging
from datetime import timedelta

from odoo import api, fields, models

from ...logic import lifecycle, reading
from .crm_knowledge_reading import ASKED, CONFIRMED, READ

_logger = logging.getLogger(__name__)

BATCH = 200
#: An employee finds the request among his or her activities; a mail for each would be a storm.
QUIET = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_activity_quick_update": True,
}


class CrmKnowledgeReading(models.Model):
    """Who is asked to read what: everybody an article in force is for, each once a version.

    The job compares whom an article is for with who was asked. So it does not matter why somebody
    belongs to them: a new version, a new employee, a change of team. Run twice, it asks nobody
    twice.
    """

    _inherit = "crm.knowledge.reading"

    @api.model
    def _cron_ask(self):
        """Ask whoever has to read, release whoever has not any more, remind whoever is late."""
        commit = self.env["ir.cron"]._commit_progress
        articles = self.env["crm.knowledge.article"].search(self._get_asking_domain())
        late = self._find_late()
        commit(remaining=len(articles) + len(late) + 1)
        for article in articles:
            self._try(article, self._settle, article)
            if not commit(1):
                return
        for start in range(0, len(late), BATCH):
            batch = late[start : start + BATCH]
            for request in batch:
                self._try(request, request._remind)
            if not commit(len(batch)):
                return
        self._cancel_unneeded()
        commit(1)

    @api.model
    def _try(self, record, deed, *args):
        """Do something about a record; what goes wrong there holds up nobody else."""
        try:
            with self.env.cr.savepoint():
                deed(*args)
        except Exception:
            _logger.exception("Reading: %s was left out", record)

    @api.model
    def _get_asking_domain(self):
        """Return the articles whose readers have to confirm."""
        return [
            ("is_to_confirm", "=", True),
            ("state", "in", tuple(lifecycle.IN_FORCE)),
            ("revision_of_id", "=", False),
            ("version", ">", 0),
        ]

    @api.model
    def _settle(self, article):
        """Ask about an article whoever was not asked; release whom it does not concern."""
        # two at once would ask twice; whoever has the article now, the next run finds the rest
        if not article.try_lock_for_update(allow_referencing=True):
            return
        everybody = article._get_audience()
        existing = self.search(self._get_counting_domain(article))
        by_request = {
            reading.Request(
                user_id=one.user_id.id,
                version=one.version_id.number,
                is_confirmed=one.state == CONFIRMED,
            ): one
            for one in existing
        }
        facts = (everybody.ids, list(by_request), article.version, article.reading_version)
        for request in reading.to_release(*facts):
            by_request[request]._cancel()
        waiting = self.env["res.users"].browse(reading.to_ask(*facts))
        for start in range(0, len(waiting), BATCH):
            people = article._filter_readers(waiting[start : start + BATCH])
            self._ask(article, people)

    @api.model
    def _get_counting_domain(self, article):
        """Return what decides who is to be asked: open requests, confirmations that still count."""
        still_counts = ("version_id.number", ">=", article.reading_version)
        confirmed = ["&", ("state", "=", CONFIRMED), still_counts]
        return [("article_id", "=", article.id), "|", ("state", "=", ASKED), *confirmed]

    @api.model
    def _ask(self, article, users):
        """Ask people to read the version in force: a request and a task for each."""
        register = self.with_env(self.env(context=QUIET))
        version = article.version_ids.filtered(lambda version: not version.date_end)
        days = article.confirm_days
        due = fields.Date.today() + timedelta(days=days) if days else False
        requests = register._sealed_create(
            [
                {
                    "article_id": article.id,
                    "version_id": version.id,
                    "user_id": user.id,
                    "team_id": user.sale_team_id.id,
                    "date_asked": self.env.cr.now(),
                    "date_due": due,
                }
                for user in users
            ]
        )
        requests._schedule()
        return requests

    def _schedule(self):
        """Put a task on each employee's list, due on the last day to read."""
        kind = self.env.ref(READ)
        model_id = self.env["ir.model"]._get_id(self._name)
        today = fields.Date.today()
        self.env["mail.activity"].create(
            [
                {
                    "res_model_id": model_id,
                    "res_id": request.id,
                    "activity_type_id": kind.id,
                    "automated": True,
                    "summary": request.version_id.name,
                    "user_id": request.user_id.id,
                    "date_deadline": request.date_due or today,
                }
                for request in self
            ]
        )

    @api.model
    def _find_late(self):
        """Return the open requests to remind of today."""
        today = fields.Date.today()
        late = self.search([("is_late", "=", True)], order="date_due, id")
        return late.filtered(
            lambda one: reading.is_to_remind(one.date_due, one.date_reminded or None, today)
        )

    def _remind(self):
        """Remind an employee who is late, in his or her language."""
        self.ensure_one()
        if self.state != ASKED:  # released or confirmed since the job began
            return
        person = self.user_id
        self._sealed_write({"date_reminded": fields.Date.today()})
        told = self.with_context(lang=person.lang)
        told.message_notify(
            partner_ids=person.partner_id.ids,
            subject=told.env._("Please read “%(name)s”", name=self.version_id.name),
            body=told.env._(
                "You were to read “%(name)s” until %(date)s and to confirm it.",
                name=self.version_id.name,
                date=fields.Date.to_string(self.date_due),
            ),
        )

    @api.model
    def _cancel_unneeded(self):
        """Ask no more about articles that need not be confirmed any more, or are out of force."""
        articles = self.env["crm.knowledge.article"].with_context(active_test=False)
        needed = articles.search([*self._get_asking_domain(), ("active", "=", True)])
        for request in self.search([("state", "=", ASKED), ("article_id", "not in", needed.ids)]):
            self._try(request, request._cancel)
