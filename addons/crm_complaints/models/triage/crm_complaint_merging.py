from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tools import html_escape

from ...logic.priority import LEVELS
from ...logic.terms import NEXT_ANSWER
from ...way import AUTOMATION, by_way
from ..case.crm_complaint_stage import CLOSED_KINDS

#: What a survivor takes over where it says nothing itself.
FILLED = ("partner_id", "category_id", "product_id", "lead_id", "remedy_demanded_id", "user_id")
#: Who may see a merged complaint is who may see its survivor: these follow it.
FOLLOWED = ("team_id", "user_id", "is_confidential", "about_user_ids", "confidant_ids")


class CrmComplaint(models.Model):
    """Merging: one case written down several times is handled once, and nothing of it is lost.

    The complaint that was received first survives, so that its deadlines go on counting from the
    first word of the customer. Messages, files and activities of the others move to it. Their
    deadlines are cancelled, which counts neither as kept nor as missed; their log stays with them.
    """

    _inherit = "crm.complaint"

    merged_into_id = fields.Many2one(
        "crm.complaint",
        "Goes On in",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The complaint that goes on in the place of this one.",
    )
    merged_ids = fields.One2many(
        "crm.complaint", "merged_into_id", "Merged Complaints", readonly=True
    )
    merge_ids = fields.One2many("crm.complaint.merge", "complaint_id", "Deeds", readonly=True)

    @api.constrains("stage_id", "merged_into_id")
    def _check_merged_ended(self):
        for complaint in self.filtered("merged_into_id"):
            if complaint.state != "cancelled":
                raise ValidationError(
                    self.env._(
                        "“%(complaint)s” is merged into “%(survivor)s”. Go on there, or undo the"
                        " merge.",
                        complaint=complaint.display_name,
                        survivor=complaint.merged_into_id.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        if any(vals.get("merged_into_id") for vals in vals_list):
            raise self._facts_error({"merged_into_id"})
        return super().create(vals_list)

    def write(self, vals):
        if "merged_into_id" in vals:
            raise self._facts_error({"merged_into_id"})
        result = super().write(vals)
        if followed := [name for name in FOLLOWED if name in vals]:
            # sudo: who may change the survivor changes who sees what went into it
            for survivor in self.sudo().filtered("merged_ids"):
                merged = survivor.merged_ids.with_context(mail_auto_subscribe_no_notify=True)
                merged.write(survivor._get_followed(followed))
        return result

    def message_post(self, **kwargs):
        """Lead what the customer writes about a merged complaint to the one that goes on."""
        is_mail = kwargs.get("message_type") == "email"
        survivor = self.merged_into_id if is_mail and len(self) == 1 else self.browse()
        return super(CrmComplaint, survivor or self).message_post(**kwargs)

    def action_merge(self):
        """Open the form that merges these complaints."""
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Merge Complaints"),
            "res_model": "crm.complaint.merge.wizard",
            "views": [[False, "form"]],
            "view_mode": "form",
            "target": "new",
            "context": {"default_complaint_ids": self.ids},
        }

    def _get_survivor(self):
        """Return which of these complaints goes on: the one received first."""
        return self.sorted(lambda complaint: (complaint.date_received, complaint.id))[:1]

    def _get_merge_obstacle(self):
        """Hook: return why these complaints cannot be merged, in words; empty if they can."""
        if len(self) < 2:
            return self.env._("Choose at least two complaints to merge.")
        if ended := self.filtered(lambda complaint: complaint.state in CLOSED_KINDS):
            return self.env._(
                "“%(complaint)s” has ended: its figures stay as they are. Link the complaints"
                " instead.",
                complaint=ended[0].display_name,
            )
        if len(self.company_id) > 1:
            return self.env._("Complaints of different companies cannot be merged.")
        customers = {
            complaint.commercial_partner_id.id or complaint.email_normalized
            for complaint in self
            if complaint.commercial_partner_id or complaint.email_normalized
        }
        if len(customers) > 1:
            return self.env._(
                "These complaints are of different customers: each is owed an answer of its own."
                " Link them instead."
            )
        return ""

    def _merge(self, reason):
        """Merge these complaints into the one received first and return that one."""
        self.check_access("write")
        if obstacle := self._get_merge_obstacle():
            raise UserError(obstacle)
        survivor = self._get_survivor()
        # deadlines, files and activities may be others' as well; the right to merge is the right
        # to change the complaints, checked above
        survivor, merged = survivor.sudo(), (self - survivor).sudo()  # sudo: see above
        survivor._take_facts_of(merged)
        for complaint in merged:
            complaint._merge_into(survivor, reason)
        return survivor.with_env(self.env)

    def _take_facts_of(self, merged):
        """Make this complaint say what the ``merged`` ones say: the worst of each counts."""
        values = {}
        for name in FILLED:
            if not self[name] and (known := merged[name][:1]):
                values[name] = known.id
        for name in ("severity", "impact"):
            levels = [complaint[name] for complaint in self | merged if complaint[name]]
            worst = max(levels, key=LEVELS.index, default=False)
            if worst != self[name]:
                values[name] = worst
        if any(merged.mapped("is_confidential")) and not self.is_confidential:
            values["is_confidential"] = True
        for name in ("about_user_ids", "confidant_ids"):
            if added := merged[name] - self[name]:
                values[name] = [Command.link(user.id) for user in added]
        if any(merged.mapped("is_confidential")) or values.get("is_confidential"):
            # who worked on one of them goes on seeing the case
            workers = (merged.user_id - self.user_id).ids
            links = [Command.link(user_id) for user_id in workers]
            values["confidant_ids"] = [*values.get("confidant_ids", []), *links]
        if values:
            self.write(values)

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

    def _get_followed(self, names):
        """Return the values that decide who may see this complaint, as writable ones."""
        return {
            name: [Command.set(self[name].ids)]
            if name.endswith("_ids")
            else self[name].id
            if name.endswith("_id")
            else self[name]
            for name in names
        }

    def _note_merge(self, other, text, reason):
        """Post a note with a link to ``other``; what people wrote is escaped."""
        link = other._get_html_link(title=other.display_name)
        body = Markup(html_escape(text)) % {"complaint": link, "reason": reason}
        self.message_post(body=body)

    def action_undo_merge(self):
        """Undo the merge of these complaints: each takes back what it gave and goes on."""
        self.check_access("write")
        for complaint in self.filtered("merged_into_id"):
            complaint.merged_into_id.check_access("write")
            complaint.sudo()._undo_merge()  # sudo: as for merging
        return True

    def _undo_merge(self):
        self.ensure_one()
        survivor = self.merged_into_id
        deed = self.merge_ids.filtered(lambda deed: not deed.date_undone)[:1]
        survivor._move_parts(deed.moved or {}, self)
        deed._sealed_write({"date_undone": fields.Datetime.now(), "undone_user_id": self.env.uid})
        self._write_facts({"merged_into_id": False})
        with by_way(AUTOMATION):
            self.stage_id = deed.stage_id
        self._note_merge(survivor, self.env._("Taken out of %(complaint)s again.%(reason)s"), "")
        survivor._note_merge(self, self.env._("%(complaint)s was taken out again.%(reason)s"), "")
