import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ...logic.gaps import is_hit, make_key
from ...logic.private import redact
from ...logic.words import fold

KEPT_DAYS = 180
MAX_LENGTH = 200


class CrmKnowledgeQuery(models.Model):
    """What people have asked the knowledge base, without who they are.

    There is no user, no time of day and no record in it, and nobody has a right to read it: mail
    addresses, telephones, links and long numbers are taken out before it is written, and what is
    shown of it are gaps, each asked several times (``crm.knowledge.gap``). ``_log_access`` is off
    because core would write down who asked. What visitors ask comes in by ``_note_public``.
    """

    _name = "crm.knowledge.query"
    _description = "Question to the Knowledge Base"
    _log_access = False

    text = fields.Char(required=True, readonly=True)
    key = fields.Char(required=True, readonly=True)
    date = fields.Date(required=True, readonly=True, index=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="cascade")
    is_hit = fields.Boolean(readonly=True, help="An article has most of the words.")
    is_opened = fields.Boolean(readonly=True, help="Something that was found was opened.")
    token = fields.Char(readonly=True, help="By this whoever has asked says that he opened it.")

    _key_idx = models.Index("(company_id, key, date)")
    _token_uniq = models.UniqueIndex("(token) WHERE token IS NOT NULL", "This token is used.")

    @api.model
    def note_search(self, text, model=None, res_id=None):
        """Keep that somebody has searched; the screens call it once a person has typed to an end.

        :param model: of the record that was open, with its ``res_id``; neither is kept
        :return: a token for ``note_opened``; empty where there was nothing to keep
        """
        articles = self.env["crm.knowledge.article"]
        articles.check_access("read")
        plain = self._make_anonymous(text)
        query = articles._read_query(plain)
        key = make_key(query.groups)
        if not key:
            return ""
        hits = articles._find(query, 1, articles._read_domain(None)).hits
        record = None
        if model:
            record = self.env["crm.knowledge.askable"]._get_askable_record(model, res_id)
        token = secrets.token_urlsafe(16)
        # sudo: nobody has a right to the log
        self.sudo().create(
            {
                "text": plain,
                "key": key,
                "date": fields.Date.today(),
                "company_id": self.env.company.id,
                "is_hit": bool(hits) and is_hit(query.groups, hits[0].groups),
                "token": token,
                **self._prepare_subject(record),
            }
        )
        return token

    @api.model
    def note_opened(self, token):
        """Keep that something was opened which a search has found; once for each search."""
        if not isinstance(token, str) or not token or "\x00" in token:
            return
        # sudo: as above; the token is known to whoever has asked only
        asked = self.sudo().search([("token", "=", token)], limit=1)
        asked.write({"is_opened": True, "token": False})

    @api.model
    def _prepare_subject(self, record):
        """Hook: return what is kept of the open record: its subject, never which one it is."""
        return {}

    @api.model
    def _make_anonymous(self, text):
        """Hook: return what is kept of a question: nothing that says who asks or of whom."""
        text = text[:MAX_LENGTH] if isinstance(text, str) else ""
        return " ".join(fold(redact(text, [], {}).text).split())

    @api.autovacuum
    def _gc_old(self):
        """Forget what was asked long ago, and the tokens of yesterday."""
        today = fields.Date.today()
        self.env.execute_query(
            SQL(
                "DELETE FROM crm_knowledge_query WHERE date < %s RETURNING id",
                today - timedelta(days=KEPT_DAYS),
            )
        )
        self.env.execute_query(
            SQL(
                "UPDATE crm_knowledge_query SET token = NULL"
                " WHERE token IS NOT NULL AND date < %s RETURNING id",
                today - timedelta(days=1),
            )
        )
        self.invalidate_model()
