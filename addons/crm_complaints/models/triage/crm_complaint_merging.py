from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command

from ...logic.priority import LEVELS
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
            # while a merge is being undone the pointer still stands, and says so to who follows
            deeds = complaint.merge_ids
            is_undone = deeds and all(deeds.mapped("date_undone"))
            if complaint.state != "cancelled" and not is_undone:
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
        is_from_outside = kwargs.get("message_type") == "email" or not self.env.user._is_internal()
        survivor = self.browse()
        if is_from_outside and len(self) == 1:
            # sudo: a customer who may write about the one may write about the other
            survivor = self.sudo().merged_into_id.sudo(self.env.su)
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

    def action_undo_merge(self):
        """Undo the merge of these complaints: each takes back what it gave and goes on."""
        self.check_access("write")
        for complaint in self.filtered("merged_into_id"):
            complaint.merged_into_id.check_access("write")
            complaint.sudo()._undo_merge()  # sudo: as for merging
        return True
