from markupsafe import Markup, escape

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from ..logic import private
from ..logic.question import make_question
from ..logic.text import strip_html
from ..models.reuse.crm_knowledge_use import CAPTURED
from ..sections import fill_sections

MAX_TEXT = 20_000
SIMILAR = 5
TEXTS = ("title", "question", "answer")
#: What whoever writes may change in the dialog; the rest is the dialog's own.
OPEN_FIELDS = frozenset((*TEXTS, "type_id", "category_id", "lang"))


class CrmKnowledgeCapture(models.TransientModel):
    """A solved question becomes an article: first what is personal goes, then a person looks.

    Nothing is published by it: a reader's article goes to the reviewers at once, an author's is a
    draft of his or hers.
    """

    _name = "crm.knowledge.capture"
    _description = "Writing Down a Solved Question"

    res_model = fields.Char(readonly=True)
    res_id = fields.Integer(readonly=True)
    gap_id = fields.Many2one("crm.knowledge.gap", readonly=True, ondelete="cascade")
    state = fields.Selection(
        [("write", "Write"), ("check", "To be looked through"), ("done", "Done")],
        required=True,
        default="write",
        readonly=True,
    )
    title = fields.Char(help="As a customer would ask for it.")
    question = fields.Text(help="In the words of whoever asked.")
    answer = fields.Text()
    type_id = fields.Many2one(
        "crm.knowledge.type",
        required=True,
        default=lambda self: self.env["crm.knowledge.article"]._default_type(),
    )
    category_id = fields.Many2one(
        "crm.knowledge.category",
        required=True,
        default=lambda self: self.env["crm.knowledge.article"]._default_category(),
    )
    lang = fields.Selection(
        selection=lambda self: self.env["res.lang"].get_installed(),
        string="Language",
        required=True,
        default=lambda self: self.env["crm.knowledge.article"]._default_lang(),
    )
    line_ids = fields.One2many("crm.knowledge.capture.line", "capture_id", "Taken Out")
    similar_ids = fields.Many2many(
        "crm.knowledge.article",
        "crm_knowledge_capture_similar_rel",
        string="There Already",
        readonly=True,
    )

    @api.model
    def open_from_message(self, message_id):
        """Return the dialog for a message somebody may read, on a record that asks."""
        is_number = isinstance(message_id, int) and not isinstance(message_id, bool)
        message = self.env["mail.message"].browse(
            message_id if is_number and 0 < message_id < 2**31 else ()
        )
        if not message.exists():
            raise UserError(self.env._("This message is not there any more. Reload the page."))
        message.check_access("read")
        askable = self.env["crm.knowledge.askable"]
        record = askable._get_askable_record(message.model, message.res_id)
        return self._open_for(record, message=message)

    @api.model
    def _open_for(self, record=None, gap=None, message=None):
        """Return the dialog, filled in with what is known and without what is personal."""
        # sudo: the dialog is made from what the caller was found to be allowed to read
        capture = self.sudo().create(self._prepare_capture(record, gap, message))
        return capture._reopen()

    def write(self, vals):
        """Let whoever writes change the texts; what was changed is looked through anew."""
        if self.env.su:
            return super().write(vals)
        if set(vals) - OPEN_FIELDS:
            raise AccessError(self.env._("Only texts and places can be changed in this dialog."))
        self._check_open()
        if not set(TEXTS).isdisjoint(vals):
            # sudo: the step of the dialog is its own
            self.sudo().write({"state": "write"})
        return super().write(vals)

    @api.model
    def _prepare_capture(self, record, gap, message):
        """Hook: return what the dialog begins with."""
        title = question = gap.name if gap else ""
        answer = ""
        if record:
            title, question, answer = record._get_capture_texts()
        if message:
            said = strip_html(message.body)
            is_ours = message.author_id and not message.author_id.partner_share
            question, answer = (question, said) if is_ours else (said, answer)
        texts = zip(TEXTS, (title, question, answer), strict=True)
        names = record._get_private_names() if record else []
        redacted = {name: self._redact(text, names) for name, text in texts}
        lang = record._get_knowledge_lang() if record else False
        langs = dict(self.env["res.lang"].get_installed())
        return {
            **{name: found.text for name, found in redacted.items()},
            **({"lang": lang} if lang in langs else {}),
            # chosen as the user: in sudo it could be one that he or she may not read
            "type_id": self.env["crm.knowledge.article"]._default_type().id,
            "category_id": self.env["crm.knowledge.article"]._default_category().id,
            "res_model": record._name if record else False,
            "res_id": record.id if record else False,
            "gap_id": gap.id if gap else False,
            "line_ids": self._prepare_lines(redacted.values()),
        }

    @api.model
    def _redact(self, text, names):
        """Return a text without what is personal."""
        labels = {
            private.EMAIL: self.env._("[e-mail]"),
            private.LINK: self.env._("[link]"),
            private.ACCOUNT: self.env._("[account]"),
            private.PHONE: self.env._("[telephone]"),
            private.NUMBER: self.env._("[number]"),
            private.NAME: self.env._("[name]"),
        }
        return private.redact((text or "")[:MAX_TEXT], names, labels)

    @api.model
    def _prepare_lines(self, redacted):
        """Return a line for each thing that was taken out, once."""
        found = dict.fromkeys(finding for one in redacted for finding in one.findings)
        return [Command.create({"kind": one.kind, "name": one.text}) for one in found]

    def action_check(self):
        """Take out what is personal once more, and show what is there already."""
        self.ensure_one()
        self.check_access("write")
        self._check_open()
        self._check_complete()
        record = self._get_record()
        names = self.line_ids.filtered(lambda line: line.kind == private.NAME).mapped("name")
        names += record._get_private_names() if record else []
        redacted = {name: self._redact(self[name], names) for name in TEXTS}
        known = set(self.line_ids.mapped("name"))
        lines = self._prepare_lines(redacted.values())
        similar = self.env["crm.knowledge.article"].search_articles(
            make_question([redacted["title"].text, redacted["question"].text]), SIMILAR
        )
        # sudo: what was found and the step of the dialog are its own
        self.sudo().write(
            {
                **{name: found.text for name, found in redacted.items()},
                "line_ids": [line for line in lines if line[2]["name"] not in known],
                "similar_ids": [Command.set([one["id"] for one in similar])],
                "state": "check",
            }
        )
        return self._reopen()

    def _check_open(self):
        """Refuse to go on once the article is made: of two clicks one counts."""
        if self.filtered(lambda capture: capture.state == "done"):
            raise UserError(self.env._("The article is made already. Change it there."))

    def _check_complete(self):
        """Refuse what says nothing yet."""
        for name in TEXTS:
            if not (self[name] or "").strip():
                raise UserError(
                    self.env._(
                        "Fill in “%(field)s” first.",
                        field=self._fields[name]._description_string(self.env),
                    )
                )

    def action_back(self):
        """Go on writing."""
        self.ensure_one()
        self.check_access("write")
        self._check_open()
        self.sudo().state = "write"  # sudo: as above
        return self._reopen()

    def action_create_article(self):
        """Make the article that was looked through."""
        self.ensure_one()
        self.check_access("write")
        self._check_open()
        if self.state != "check":
            raise UserError(
                self.env._("Press “Check the Text” first, and look through what is left.")
            )
        record = self._get_record()
        articles = self.env["crm.knowledge.article"]
        is_author = articles.has_access("create")
        self.category_id.check_access("read")
        # sudo: a reader writes nothing but this, and reviewers decide on it
        writer = articles if is_author else articles.sudo()
        article = writer.create(self._prepare_article(record)).with_env(self.env)
        if record:
            self.env["crm.knowledge.use"]._note(article, record, CAPTURED)
        if self.gap_id:
            # sudo: gaps are written by their deeds only
            self.gap_id.sudo().article_id = article
        self.sudo().state = "done"  # sudo: the step of the dialog is its own
        if not is_author:
            article.action_submit()
        return article._open()

    def _prepare_article(self, record):
        """Hook: return the values of the article."""
        links = record._get_capture_links() if record else {}
        return {
            "name": self.title,
            "type_id": self.type_id.id,
            "category_id": self.category_id.id,
            "lang": self.lang,
            "user_id": self.env.uid,
            "body": self._get_body(),
            **{name: [Command.set(ids)] for name, ids in links.items() if ids},
        }

    def _get_body(self):
        """Return question and answer under the headings of the type."""
        kind = self.type_id.with_context(lang=self.lang)
        question, answer = _paragraphs(self.question), _paragraphs(self.answer)
        return fill_sections(kind.template or "", kind.answer_heading or "", question, answer)

    def _get_record(self):
        """Return the record the article is written from, if the user may still read it."""
        if not self.res_model:
            return None
        return self.env["crm.knowledge.askable"]._get_askable_record(self.res_model, self.res_id)

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Write It Down"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }


def _paragraphs(text):
    """Return a text as paragraphs, safe as HTML."""
    return Markup().join(
        Markup("<p>%s</p>") % escape(line.strip()) for line in text.splitlines() if line.strip()
    )
