from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import is_html_empty

from ..logic.answers import needed
from ..models.case.crm_complaint import OUTCOMES


class CrmComplaintAnswer(models.TransientModel):
    """Writes the final answer, checks what it must contain, and sends it."""

    _name = "crm.complaint.answer"
    _description = "Final Answer to a Complaint"

    complaint_id = fields.Many2one(
        "crm.complaint", required=True, readonly=True, ondelete="cascade"
    )
    jurisdiction_id = fields.Many2one(related="complaint_id.jurisdiction_id", related_sudo=False)
    recipient = fields.Char("To", compute="_compute_recipient", compute_sudo=False)
    outcome = fields.Selection(
        OUTCOMES,
        "Decision",
        compute="_compute_outcome",
        compute_sudo=False,
        store=True,
        readonly=False,
        required=True,
    )
    template_id = fields.Many2one(
        "mail.template", domain=[("model", "=", "crm.complaint")], ondelete="cascade"
    )
    subject = fields.Char(compute="_compute_text", store=True, readonly=False, compute_sudo=False)
    body = fields.Html(
        "Answer", compute="_compute_text", store=True, readonly=False, compute_sudo=False
    )
    attachment_ids = fields.Many2many("ir.attachment", string="Files")
    line_ids = fields.One2many(
        "crm.complaint.answer.line",
        "answer_id",
        "What the Answer Contains",
        compute="_compute_line_ids",
        compute_sudo=False,
        store=True,
        readonly=False,
    )

    @api.depends("complaint_id")
    def _compute_recipient(self):
        for answer in self:
            complaint = answer.complaint_id
            answer.recipient = complaint.partner_id.display_name or complaint.email_from

    @api.depends("complaint_id")
    def _compute_outcome(self):
        for answer in self:
            answer.outcome = answer.complaint_id.outcome

    @api.depends("complaint_id", "template_id")
    def _compute_text(self):
        """Fill in the template in the complainant's language; without one keep what is written."""
        for answer in self:
            complaint, template = answer.complaint_id, answer.template_id
            answer.subject = answer.subject or self.env._("Re: %(name)s", name=complaint.name)
            if template:
                texts = {
                    name: template._render_field(
                        name, complaint.ids, set_lang=complaint.lang or None
                    )[complaint.id]
                    for name in ("subject", "body_html")
                }
                answer.subject = texts["subject"] or answer.subject
                answer.body = texts["body_html"]

    @api.depends("complaint_id")
    def _compute_line_ids(self):
        for answer in self:
            parts = answer.complaint_id.jurisdiction_id.part_ids
            answer.line_ids = [
                Command.clear(),
                *(Command.create({"part_id": part.id}) for part in parts),
            ]

    @api.constrains("complaint_id")
    def _check_complaint(self):
        # checks of values run with all rights; this one is about those of the person
        self.complaint_id.sudo(False).check_access("write")

    def action_send(self):
        """Send the answer, keep what it contained, and move the case to an answered stage."""
        self.ensure_one()
        complaint = self.complaint_id
        complaint.check_access("write")
        self._check_complete()
        complaint.outcome = self.outcome
        message = complaint.message_post(
            body=Markup(self.body),  # an Html field: it was cleaned when it was written
            subject=self.subject,
            partner_ids=complaint.partner_id.ids,
            outgoing_email_to=False if complaint.partner_id else complaint.email_from,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            attachment_ids=self.attachment_ids.ids,
        )
        lines = self.line_ids.filtered("is_shown")
        complaint._note_final_answer(message, lines.part_id, lines._get_statement())
        if complaint.state not in ("answered", "closed"):
            complaint.stage_id = self._get_stage()
        return {"type": "ir.actions.act_window_close"}

    def _check_complete(self):
        """Raise if somebody could not read the answer, or would miss something in it."""
        complaint = self.complaint_id
        if is_html_empty(self.body):
            raise UserError(self.env._("Write the answer first."))
        if not complaint.partner_id.email and not complaint.email_from:
            raise UserError(
                self.env._(
                    "“%(complaint)s”: there is no e-mail address to answer to. Enter one, or put"
                    " the answer on record as a call.",
                    complaint=complaint.display_name,
                )
            )
        lacking = self.line_ids.filtered(
            lambda line: line.is_needed and line.part_id.is_required and not line.is_shown
        )
        if lacking:
            raise UserError(
                self.env._(
                    "The answer must contain: %(parts)s. Write it, or confirm that it is there.",
                    parts=", ".join(lacking.part_id.mapped("name")),
                )
            )

    def _get_stage(self):
        """Hook: return the stage a case comes to by its final answer."""
        complaint = self.complaint_id
        stages = complaint.stage_id.search(
            [("kind", "=", "answered"), ("team_ids", "in", [False, *complaint.team_id.ids])],
            limit=1,
        )
        return stages or complaint.stage_id

    def _get_needed(self):
        """Return the ids of the parts that matter for the outcome chosen."""
        self.ensure_one()
        parts = [part._get_part() for part in self.line_ids.part_id]
        return {part.key for part in needed(parts, self.outcome or None)}
