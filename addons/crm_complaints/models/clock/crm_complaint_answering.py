from odoo import fields, models
from odoo.exceptions import UserError

from ...logic.answers import missing
from ...logic.terms import RESOLUTION, law
from ..case.crm_complaint_stage import CLOSED_KINDS

#: Stages that say the complainant has his answer.
SAID = ("answered", "closed")


class CrmComplaint(models.Model):
    """The final answer: checked for what it must contain before it goes out.

    The server refuses to call a case answered or closed where the law demands parts of an answer
    and no answer with them went out.
    """

    _inherit = "crm.complaint"

    answer_check_ids = fields.One2many(
        "crm.complaint.answer.check", "complaint_id", "Checks of Answers", readonly=True
    )

    def write(self, vals):
        if "stage_id" in vals:
            # sudo: stages mean the same to everybody
            stage = self.env["crm.complaint.stage"].sudo().browse(vals["stage_id"])
            if stage.kind in SAID:
                self.filtered(lambda c: c.state not in SAID)._check_answer()
        return super().write(vals)

    def _check_answer(self):
        """Raise if an answer lacks what it must contain, naming it and the way out."""
        # sudo: what the law demands does not depend on who moves the case
        for complaint in self.sudo():
            parts = complaint.jurisdiction_id.part_ids
            shown = complaint._get_valid_checks().part_ids.ids
            lacking = missing(
                [part._get_part() for part in parts], complaint.outcome or None, shown
            )
            if lacking:
                names = parts.browse(part.key for part in lacking).mapped("name")
                raise UserError(
                    self.env._(
                        "“%(complaint)s” has no answer yet that contains: %(parts)s (%(law)s). Send"
                        " it with the button Final Answer, which checks it.",
                        complaint=complaint.display_name,
                        parts=", ".join(names),
                        law=complaint.jurisdiction_id.name,
                    )
                )

    def _get_valid_checks(self):
        """Return the checks since the case was last reopened: older answers were not the end."""
        self.ensure_one()
        reopened = self.move_ids.filtered(
            lambda move: (
                move.state_from in ("answered", *CLOSED_KINDS)
                and move.state_to not in ("answered", *CLOSED_KINDS)
            )
        )
        since = max(reopened.mapped("date"), default=None)
        return self.answer_check_ids.filtered(lambda check: not since or check.date >= since)

    def _note_final_answer(self, message, parts, statement):
        """Keep that the final answer went out as ``message``, and what it contained."""
        self.ensure_one()
        # sudo: sealed facts are written by the system
        self.env["crm.complaint.answer.check"].sudo()._sealed_create(
            [
                {
                    "complaint_id": self.id,
                    "date": fields.Datetime.now(),
                    "user_id": self.env.uid,
                    "jurisdiction_id": self.jurisdiction_id.id,
                    "outcome": self.outcome,
                    "part_ids": parts.ids,
                    "statement": statement,
                    "message_id": message.id,
                }
            ]
        )

    def action_answer(self):
        """Open the dialog that writes, checks and sends the final answer."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_complaints.crm_complaint_answer_action"
        )
        return {**action, "context": {"default_complaint_id": self.id}}

    # --- the holding letter

    def action_holding_letter(self):
        """Open the letter that says why the final answer takes longer."""
        self.ensure_one()
        template = self.env["mail.template"].search(
            [("model", "=", self._name), ("complaint_purpose", "=", "holding")], limit=1
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Holding Letter"),
            "res_model": "mail.compose.message",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_model": self._name,
                "default_res_ids": self.ids,
                "default_template_id": template.id,
                "default_composition_mode": "comment",
            },
        }

    def _note_holding_letter(self):
        """The complainant was told why it takes longer.

        Where the law then gives another term, it counts. Where it asks for the final answer or
        this letter, the letter meets the term.
        """
        for complaint in self:
            rules = complaint.jurisdiction_id.sudo().rule_ids  # sudo: law is known to everybody
            letters = rules.circumstance_id.filtered("is_holding_letter")
            if letters:
                complaint.circumstance_ids |= letters
            else:
                # sudo: clocks follow what is said, whoever says it
                complaint.sudo()._end_clocks([law(RESOLUTION)], fields.Datetime.now())
