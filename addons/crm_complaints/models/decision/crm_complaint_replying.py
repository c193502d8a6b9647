from odoo import models
from odoo.exceptions import UserError


class CrmComplaint(models.Model):
    """The answer with the decision, and what the complainant says to it by phone or letter."""

    _inherit = "crm.complaint"

    def action_answer(self):
        """Fill the final answer with what was decided and granted."""
        action = super().action_answer()
        template = self._get_answer_template()
        if template:
            action["context"] = {**action["context"], "default_template_id": template.id}
        return action

    def _get_answer_template(self):
        """Hook: return the template of the final answer; empty as long as nothing is decided."""
        self.ensure_one()
        name = "crm_complaints.mail_template_decision"
        template = self.env.ref(name, raise_if_not_found=False)
        return template if template and self.decision_id else self.env["mail.template"]

    def action_record_reply(self):
        """Open the dialog that puts consent or refusal on record."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_complaints.crm_complaint_reply_action"
        )
        return {**action, "context": {"default_complaint_id": self.id}}

    def _record_reply(self, is_accepted, comment=""):
        """Put on record what the complainant told us about our answer, and return the reply.

        :raise UserError: if no answer of ours waits for a reply, or a refusal has no words
        """
        self.ensure_one()
        self.check_access("write")
        # two clicks at once must give one record
        self.lock_for_update()
        self.invalidate_recordset(["state"])
        if not self._can_consent():
            raise UserError(
                self.env._(
                    "“%(complaint)s”: no answer of ours waits for a reply. Move the case to an"
                    " answered stage first.",
                    complaint=self.display_name,
                )
            )
        comment = (comment or "").strip()
        if not is_accepted and not comment:
            raise UserError(
                self.env._("Write down why the complainant does not accept the answer.")
            )
        # sudo: replies are written by the system, and the process follows them
        complaint = self.sudo()
        consents = complaint.env["crm.complaint.consent"]
        consent = consents._record(complaint, is_accepted, comment, complaint.partner_id)
        complaint._follow_consent(consent)
        return consent
