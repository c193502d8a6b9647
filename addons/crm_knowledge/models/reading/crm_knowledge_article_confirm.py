from odoo import api, models
from odoo.exceptions import UserError

from ...logic import lifecycle
from ...logic.reading import find_wrong
from .crm_knowledge_reading import ASKED, CONFIRMED


class CrmKnowledgeArticle(models.Model):
    """Confirming that one has read an article: the one door to a proof of reading."""

    _inherit = "crm.knowledge.article"

    def confirm_reading(self, version, answers=None):
        """Confirm that I have read this version of the article and understood it.

        :param version: the number of the version that was on my screen
        :param answers: the choices by question, where the article has a check
        :return: nothing where it is confirmed, else the questions to look at again
        :raise UserError: when another version is in force, or nothing is to be confirmed
        """
        self.ensure_one()
        self.check_access("read")
        if not self.is_to_confirm or self.state not in lifecycle.IN_FORCE or not self.active:
            raise UserError(self.env._("“%(name)s” need not be confirmed.", name=self.name))
        if version != self.version:
            raise UserError(
                self.env._(
                    "“%(name)s” has changed while you were reading: version %(version)s is in"
                    " force now. Reload the page and read it.",
                    name=self.name,
                    version=self.version,
                )
            )
        wrong = find_wrong(self.question_ids._to_logic(), self._read_answers(answers))
        if wrong:
            return list(wrong)
        self._get_my_reading()._confirm()
        return []

    @api.model
    def _read_answers(self, answers):
        """Return the choices by question; what is no such thing counts as no answer."""
        if not isinstance(answers, dict):
            return {}
        return {
            int(question): [choice for choice in choices if isinstance(choice, int)]
            for question, choices in answers.items()
            if str(question).isdecimal() and len(str(question)) < 10 and isinstance(choices, list)
        }

    def _get_my_reading(self):
        """Return my open request for the version in force; make one where nobody has asked yet."""
        # sudo: nobody has the right to write confirmations by hand
        readings = self.env["crm.knowledge.reading"].sudo()
        version = self.sudo().version_ids.filtered(lambda version: not version.date_end)
        mine = readings.search(
            [
                ("version_id", "=", version.id),
                ("user_id", "=", self.env.uid),
                ("state", "in", (ASKED, CONFIRMED)),
            ]
        )
        if mine.state == CONFIRMED:
            return readings.browse()
        return mine or readings._ask(self.sudo(), self.env.user)  # sudo: as above

    def _open_to_read(self):
        """Return the action that shows the article as a page to read."""
        self.ensure_one()
        action = self.env["ir.actions.client"]._for_xml_id(
            "crm_knowledge.crm_knowledge_page_action"
        )
        return {**action, "name": self.name, "params": {"article_id": self.id}}

    def action_read(self):
        """Open the page of the article."""
        self.ensure_one()
        self.check_access("read")
        return self._open_to_read()
