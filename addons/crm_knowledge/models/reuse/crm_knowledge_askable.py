from odoo import api, models
from odoo.exceptions import UserError

from ...logic.question import make_question
from ...logic.text import strip_html
from .crm_knowledge_use import COPIED, INSERTED

LAST_MESSAGES = 3


class CrmKnowledgeAskable(models.AbstractModel):
    """A record that is a query: the knowledge base offers the answers that fit it.

    A model gets it with ``_inherit = ["crm.knowledge.askable", "the.model"]`` and
    ``<widget name="crm_knowledge_answers"/>`` in the box of buttons of its form; bridges do so for
    complaints, orders and responses. The hooks say what its words, links and customer are.
    """

    _name = "crm.knowledge.askable"
    _description = "Record Answered by the Knowledge Base"

    # ---- what the panel asks; public, so each judges anew

    def get_knowledge_answers(self, query=""):
        """Return the answers that fit the record, best first, in its customer's language.

        :param query: what a person has typed in the panel; empty: the record itself asks
        :return: dictionaries with ``id``, ``title``, ``summary``, ``snippet`` (safe HTML),
            ``reasons`` (by which links it fits), ``is_unverified``, ``is_limited`` (not everybody
            may read it), ``lang``, the name of its language where it is not the customer's, and
            ``can_send``, whether the user may write to the customer from here
        """
        self._check_askable()
        text = query if isinstance(query, str) and query.strip() else ""
        answers = self.env["crm.knowledge.article"]._get_fitting(self, text)
        can_send = bool(self._get_knowledge_thread())
        return [{**answer, "can_send": can_send} for answer in answers]

    def preview_knowledge_answer(self, article_id):
        """Return the answer as it would be sent: ``html``, ``text`` and what is ``missing``."""
        self._check_askable()
        return self._get_usable_article(article_id)._get_answer(self)

    def copy_knowledge_answer(self, article_id):
        """Return the answer to be said or pasted somewhere, and count it."""
        self._check_askable()
        article = self._get_usable_article(article_id)
        use = self.env["crm.knowledge.use"]._note(article, self, COPIED)
        return article._get_answer(self, use)

    def action_send_knowledge_answer(self, article_id):
        """Return the action that opens a message to the customer with the answer in it."""
        self._check_askable()
        thread = self._get_knowledge_thread()
        if not thread:
            raise UserError(
                self.env._("You may not write to the customer from here. Copy the answer instead.")
            )
        article = self._get_usable_article(article_id)
        use = self.env["crm.knowledge.use"]._note(article, thread, INSERTED)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Answer"),
            "res_model": "mail.compose.message",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_model": thread._name,
                "default_res_ids": thread.ids,
                "default_composition_mode": "comment",
                "default_partner_ids": self._get_knowledge_recipients().ids,
                "default_subtype_xmlid": "mail.mt_comment",
                "default_body": article._get_answer(self, use)["html"],
                "clicked_on_full_composer": True,
            },
        }

    def _check_askable(self):
        """Refuse who may not read the record."""
        self.ensure_one()
        self.check_access("read")

    @api.model
    def _get_usable_article(self, article_id):
        """Return the article in force, or refuse in the same words whether or not it exists."""
        is_number = isinstance(article_id, int) and not isinstance(article_id, bool)
        article = self.env["crm.knowledge.article"].browse(
            article_id if is_number and 0 < article_id < 2**31 else ()
        )
        if not article.exists() or not article.has_access("read") or not article._is_in_force():
            raise UserError(
                self.env._("This answer is not there any more. Search for another one.")
            )
        return article

    def _message_post_after_hook(self, message, msg_values):
        result = super()._message_post_after_hook(message, msg_values)
        self.env["crm.knowledge.use"]._follow_message(self, message)
        return result

    # ---- hooks

    def _get_knowledge_texts(self):
        """Hook: return what the record says, as plain texts, the most telling first."""
        return [self.display_name]

    def _get_knowledge_links(self):
        """Hook: return, by field of the article, the ids of what the record is linked to."""
        return {}

    def _get_knowledge_customer(self):
        """Hook: return the person the answer goes to, if known."""
        return self.env["res.partner"]

    def _get_knowledge_team(self):
        """Hook: return the team whose use it is."""
        return self.env.user.sale_team_id

    def _get_knowledge_lang(self):
        """Hook: return the language of the customer; none: that of the user."""
        return self._get_knowledge_customer().lang or self.env.user.lang

    def _get_knowledge_variables(self):
        """Hook: return what ``{{ places }}`` in an answer are filled with."""
        customer = self._get_knowledge_customer()
        user = self.env.user
        company = self._get_knowledge_company()
        return {
            "customer": customer.name or "",
            "customer_company": customer.commercial_company_name or "",
            "record": self.display_name or "",
            "user": user.name or "",
            "user_phone": user.phone or "",
            "user_email": user.email or "",
            "company": company.name or "",
            "company_phone": company.phone or "",
            "company_email": company.email or "",
        }

    def _get_knowledge_company(self):
        """Hook: return in whose name the answer is given."""
        company = self["company_id"] if "company_id" in self._fields else None
        return company or self.env.company

    def _get_knowledge_thread(self):
        """Hook: return the record that messages to the customer are written on, if one may."""
        return self if self.has_access(self._mail_post_access) else self.browse()

    def _get_knowledge_recipients(self):
        """Return whom a message about the record would go to."""
        suggested = self._message_get_suggested_recipients(no_create=True)
        ids = [one["partner_id"] for one in suggested if one.get("partner_id")]
        return self._get_knowledge_customer() | self.env["res.partner"].browse(ids)

    # ---- helpers for hooks

    def _get_knowledge_question(self):
        """Return the query that the record is."""
        return make_question(self._get_knowledge_texts())

    def _get_customer_messages(self):
        """Return what the customer has written last, the latest first."""
        partner = self._get_knowledge_customer().commercial_partner_id
        domain = [*self._get_message_domain(), ("author_id.partner_share", "=", True)]
        if partner:
            domain.append(("author_id.commercial_partner_id", "=", partner.id))
        written = self.env["mail.message"].search(domain, limit=LAST_MESSAGES)
        return [strip_html(message.body) for message in written]

    def _get_message_domain(self):
        """Hook: return where the customer's messages stand; rules of messages hold besides."""
        return [
            ("model", "=", self._name),
            ("res_id", "=", self.id),
            ("message_type", "in", ("email", "comment")),
        ]
