import re
import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.crm_deadline.readable import readable

from ...logic.reuse import was_sent
from ...logic.text import strip_html

INSERTED, SENT, COPIED, CAPTURED = "inserted", "sent", "copied", "captured"
#: What counts as reuse: an answer that was begun and never sent is none.
USED = (SENT, COPIED)
PENDING_DAYS = 7  # how long a message may wait for being sent
LINK_DAYS = 90  # how long a link in a message tells that it was opened
MAX_PENDING = 20  # answers in one message
TOKEN = re.compile("[A-Za-z0-9_-]{1,64}")


class CrmKnowledgeUse(models.Model):
    """An article was used on a record: which version, by whom, where.

    Sealed: reuse is counted per article, author and team, so nobody may add to it. What was put
    into a message counts once the message is sent and says what the article says.
    """

    _name = "crm.knowledge.use"
    _description = "Use of a Knowledge Article"
    _inherit = ["crm.knowledge.part", "crm.deadline.sealed"]
    _order = "date desc, id desc"
    _rec_name = "article_id"

    article_id = fields.Many2one(readonly=True, ondelete="restrict")
    version = fields.Integer(readonly=True)
    res_model = fields.Char("Kind of Record", required=True, readonly=True)
    res_id = fields.Many2oneReference(
        "Record", model_field="res_model", required=True, readonly=True
    )
    state = fields.Selection(
        [
            (INSERTED, "Put into a message"),
            (SENT, "Sent"),
            (COPIED, "Copied"),
            (CAPTURED, "Written from it"),
        ],
        "How",
        required=True,
        readonly=True,
        index=True,
    )
    user_id = fields.Many2one(
        "res.users", "Used by", required=True, readonly=True, index=True, ondelete="restrict"
    )
    owner_id = fields.Many2one(
        "res.users",
        "Author",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="Who owned the article then.",
    )
    team_id = fields.Many2one("crm.team", readonly=True, index="btree_not_null")
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    date = fields.Datetime(required=True, readonly=True, index=True)
    message_id = fields.Many2one(
        "mail.message", readonly=True, index="btree_not_null", ondelete="set null"
    )

    token = fields.Char(
        readonly=True, groups=fields.NO_ACCESS, help="In the link to the page, until it is opened."
    )
    date_opened = fields.Datetime(
        "Page Opened on",
        readonly=True,
        help="When somebody who is no employee has read the page the message links to.",
    )

    _token_uniq = models.UniqueIndex("(token) WHERE token IS NOT NULL", "This link is used.")
    _record_idx = models.Index("(res_model, res_id)")
    _captured_uniq = models.UniqueIndex(
        "(article_id) WHERE state = 'captured'", "The article was written from a record already."
    )

    @api.model
    def _get_secret_models(self):
        """Hook: return kinds of records whose very use must be hidden from who may not read them.

        Of others it is known to owners of articles and editors that somebody used an article.
        """
        return []

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        if not (self.env.su or bypass_access):
            domain = Domain(domain)
            for model in self._get_secret_models():
                records = self.env[model]
                seen = readable(records, "res_id") if records.has_access("read") else Domain.FALSE
                domain &= Domain("res_model", "!=", model) | seen
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if result or self.env.su or not any(self._ids):
            return result
        kinds = self._get_secret_models()
        # sudo: only to learn which record each use belongs to, whose own check then decides
        secret = self.sudo().filtered(lambda use: use.res_model in kinds)
        hidden = secret.filtered(lambda use: not use.sudo(False)._get_record())
        if not hidden:
            return None
        return self.browse(hidden.ids), lambda: AccessError(
            self.env._("You may not read the record this article was used on.")
        )

    def _get_record(self):
        """Return the record of a use if the user may read it, else nothing."""
        self.ensure_one()
        use = self.sudo()  # sudo: only to learn which record it is
        if use.res_model not in self.env:
            return None
        record = self.env[use.res_model].browse(use.res_id).exists()
        return record if record and record.has_access("read") else None

    def action_open_record(self):
        """Open the record the article was used on."""
        self.ensure_one()
        self.check_access("read")
        record = self._get_record()
        if record is None:
            raise UserError(
                self.env._("You may not read this record, or it is not there any more.")
            )
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "views": [(False, "form")],
        }

    @api.model
    def _note(self, article, record, state):
        """Note that an article is used on a record: once, however often the button is pressed."""
        # sudo: uses are sealed; which article and which record was judged by the caller
        uses = self.sudo()
        known = uses.search(
            [
                *self._get_record_domain(record),
                ("article_id", "=", article.id),
                ("user_id", "=", self.env.uid),
                ("state", "=", state),
            ],
            limit=1,
        )
        is_again = state in (INSERTED, COPIED) and known
        return (
            known if is_again else uses._sealed_create([self._prepare_use(article, record, state)])
        )

    @api.model
    def _prepare_use(self, article, record, state):
        """Hook: return the values of a use."""
        is_linked = state in (INSERTED, COPIED) and article._get_answer_address()
        # sudo: whose article and whose team it is counts, whoever may see them
        return {
            "article_id": article.id,
            "version": article.version,
            "res_model": record._name,
            "res_id": record.id,
            "state": state,
            "user_id": self.env.uid,
            "owner_id": article.sudo().user_id.id,
            "team_id": record.sudo()._get_knowledge_team().id,  # sudo: as above
            "company_id": record.sudo()._get_knowledge_company().id,  # sudo: as above
            "date": self.env.cr.now(),
            "token": secrets.token_urlsafe(16) if is_linked else False,
        }

    @api.model
    def _get_record_domain(self, record):
        return [("res_model", "=", record._name), ("res_id", "=", record.id)]

    @api.model
    def _follow_message(self, record, message):
        """Count the answers that stand in a message somebody has sent on a record."""
        if message.message_type not in ("comment", "email_outgoing"):
            return
        # sudo: uses are sealed, and posting a message needs no right to them
        waiting = self.sudo().search(
            [
                *self._get_record_domain(record),
                ("user_id", "=", self.env.uid),
                ("state", "=", INSERTED),
            ],
            limit=MAX_PENDING,
        )
        if not waiting:
            return
        said = strip_html(message.body)
        sent = waiting.filtered(
            lambda use: was_sent(strip_html(use.article_id._get_answer_html()), said)
        )
        # two clicks in the same moment have put it in twice; it is sent once
        once = sent.browse(uses[0].id for uses in sent.grouped("article_id").values())
        (sent - once)._sealed_unlink()
        once._sealed_write({"state": SENT, "message_id": message.id, "date": self.env.cr.now()})

    @api.model
    def _note_opened(self, token):
        """Note that whoever got an answer reads the page it links to: the first time.

        The page calls it once somebody moves on it. Looking counts nothing: programs that check
        mails open every link in them.
        """
        is_token = isinstance(token, str) and TOKEN.fullmatch(token)
        if not is_token or self.env.user._is_internal():
            return
        # sudo: the customer has no right to uses; whoever has the token got the message
        use = self.sudo().search([("token", "=", token), ("state", "in", (SENT, COPIED))])
        use._sealed_write({"token": False, "date_opened": self.env.cr.now()})

    @api.autovacuum
    def _gc_links(self):
        """Let links of old messages be links and nothing more."""
        limit = fields.Datetime.now() - timedelta(days=LINK_DAYS)
        old = self.search([("token", "!=", False), ("date", "<", limit)], limit=10_000)
        old._sealed_write({"token": False})

    @api.autovacuum
    def _gc_never_sent(self):
        """Forget what was put into messages that nobody has sent."""
        limit = fields.Datetime.now() - timedelta(days=PENDING_DAYS)
        self.search([("state", "=", INSERTED), ("date", "<", limit)], limit=10_000)._sealed_unlink()
