from odoo import api, fields, models
from odoo.tools.mail import html_to_inner_content

from ..logic.answers import found


class CrmComplaintAnswerLine(models.TransientModel):
    """One part of the answer being written: found in the text, or confirmed by its author."""

    _name = "crm.complaint.answer.line"
    _description = "Part of the Answer Being Written"
    _order = "id"

    answer_id = fields.Many2one("crm.complaint.answer", required=True, ondelete="cascade")
    part_id = fields.Many2one(
        "crm.complaint.answer.part", required=True, readonly=True, ondelete="cascade"
    )
    is_required = fields.Boolean(related="part_id.is_required")
    is_needed = fields.Boolean(compute="_compute_is_needed")
    is_found = fields.Boolean("In the Text", compute="_compute_is_found")
    is_confirmed = fields.Boolean("Confirmed")
    is_shown = fields.Boolean("There", compute="_compute_is_shown")

    @api.depends("answer_id.outcome", "part_id.when")
    def _compute_is_needed(self):
        for line in self:
            line.is_needed = line.part_id.id in line.answer_id._get_needed()

    @api.depends("answer_id.body", "part_id.phrases")
    def _compute_is_found(self):
        for line in self:
            text = html_to_inner_content(line.answer_id.body or "")
            complaint = line.answer_id.complaint_id
            # phrases are written in the language of the answer, or of whoever set them up
            parts = line.part_id.with_context(lang=complaint.lang or self.env.lang) | line.part_id
            line.is_found = any(found(part._get_part(), text) for part in parts)

    @api.depends("is_found", "is_confirmed")
    def _compute_is_shown(self):
        for line in self:
            line.is_shown = line.is_found or line.is_confirmed

    def _get_statement(self):
        """Return in words what was found and what was confirmed, a line each."""
        return "\n".join(
            self.env._("%(part)s: found in the text", part=line.part_id.name)
            if line.is_found
            else self.env._("%(part)s: confirmed", part=line.part_id.name)
            for line in self
        )
