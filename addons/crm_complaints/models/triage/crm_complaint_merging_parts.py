from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import html_escape

from ...logic.terms import NEXT_ANSWER
from ...way import AUTOMATION, by_way
from .crm_complaint_merging import FOLLOWED


class CrmComplaint(models.Model):
    """What becomes of the parts of a merged complaint: what goes over, what stays, the way back.

    Runs in sudo: parts may be other people's; who may merge is checked in
    ``crm_complaint_merging.py``.
    """

    _inherit = "crm.complaint"

    def _merge_into(self, survivor, reason):
        """End this complaint in favor of ``survivor``; runs in sudo."""
        self.ensure_one()
        moved = self._get_movable()
        deed = {
            "complaint_id": self.id,
            "survivor_id": survivor.id,
            "user_id": self.env.uid,
            "reason": reason,
            "stage_id": self.stage_id.id,
            "moved": {model: records.ids for model, records in moved.items()},
        }
        self.env["crm.complaint.merge"]._sealed_create([deed])
        followers = self.message_partner_ids
        self._move_parts(deed["moved"], survivor)
        survivor.message_subscribe(followers.ids)
        why = self.env._("merged into %(survivor)s", survivor=survivor.number)
        self._hand_over_clocks(survivor, why)
        self._get_steps_under_way()._do("cancel", why, party="system")
        ended = {"stage_id": self._get_merged_stage().id, **survivor._get_followed(FOLLOWED)}
        with by_way(AUTOMATION):
            self.with_context(mail_auto_subscribe_no_notify=True).write(ended)
        self._write_facts({"merged_into_id": survivor.id})
        self._note_merge(survivor, self.env._("Merged into %(complaint)s: %(reason)s"), reason)
        survivor._note_merge(
            self, self.env._("%(complaint)s was merged into this: %(reason)s"), reason
        )

    def _hand_over_clocks(self, survivor, why):
        """Cancel the open deadlines; an answer the customer waits for is owed by the survivor."""
        clocks = self._deadline_open()
        clocks._cancel(why)
        owed = clocks.filtered(lambda clock: clock.kind == NEXT_ANSWER)
        if owed and not survivor._deadline_open([NEXT_ANSWER]):
            reason = self.env._("taken over from %(complaint)s", complaint=self.number)
            survivor._deadline_start(owed.policy_id, NEXT_ANSWER, owed.date_start, reason)

    def _get_movable(self):
        """Hook: return what goes over to the survivor, records by model; runs in sudo.

        Models of messages and files are moved by ``res_id``, parts of complaints by
        ``complaint_id``. The notes of the system stay, as the log does.
        """
        mine = [("res_id", "=", self.id)]
        messages = self.env["mail.message"].search(
            [("model", "=", self._name), *mine, ("message_type", "!=", "notification")]
        )
        of_me = [("res_model", "=", self._name), *mine]
        return {
            "mail.message": messages,
            "ir.attachment": self.env["ir.attachment"].search([*of_me, ("res_field", "=", False)]),
            "mail.activity": self.env["mail.activity"].search(of_me),
            # orders; the steps of the process end with the case
            "crm.complaint.task": self.task_ids.filtered(lambda t: t.is_open and not t.step_id),
        }

    def _move_parts(self, moved, target):
        """Give the records ``moved``, ids by model, to ``target`` as far as they are still mine."""
        for model, ids in moved.items():
            records = self.env[model].browse(ids).exists()
            name = "complaint_id" if "complaint_id" in records._fields else "res_id"
            records = records.filtered(
                lambda record, name=name: (
                    (record[name].id if name == "complaint_id" else record[name]) == self.id
                )
            )
            if model == "crm.complaint.task":
                records._write_fact({name: target.id})
            else:
                records.write({name: target.id})

    def _get_merged_stage(self):
        """Return the stage where merged complaints end."""
        stages = self.env["crm.complaint.stage"]
        shipped = self.env.ref("crm_complaints.crm_complaint_stage_merged", False)
        if shipped and shipped.active and shipped.kind == "cancelled":
            return shipped
        if found := stages.search([("kind", "=", "cancelled")], limit=1):
            return found
        raise UserError(
            self.env._("There is no stage that means “Cancelled”. Have one set up first.")
        )

    def _note_merge(self, other, text, reason=""):
        """Post a note with a link to ``other``; what people wrote is escaped."""
        link = other._get_html_link(title=other.number)  # its name may become secret
        body = Markup(html_escape(text)) % {"complaint": link, "reason": reason}
        self.message_post(body=body)

    def _undo_merge(self):
        self.ensure_one()
        survivor = self.merged_into_id
        deed = self.merge_ids.filtered(lambda deed: not deed.date_undone)[:1]
        survivor._move_parts(deed.moved or {}, self)
        deed._sealed_write({"date_undone": fields.Datetime.now(), "undone_user_id": self.env.uid})
        with by_way(AUTOMATION):
            self.stage_id = deed.stage_id
        self._write_facts({"merged_into_id": False})
        self._note_merge(survivor, self.env._("Taken out of %(complaint)s again."))
        survivor._note_merge(self, self.env._("%(complaint)s was taken out again."))
