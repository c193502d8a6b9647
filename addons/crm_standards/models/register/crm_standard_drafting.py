from __future__ import annotations

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...logic import version as logic
from ..common.version_watch import touching
from .crm_standard_version import STATES


class CrmStandard(models.Model):
    """How a standard in force is changed: in a draft beside it, which becomes the law on its day.

    The draft is a copy that applies to nobody (``live_id`` is the standard it will change). Rules
    that exist in both keep their identity when the draft comes into force, so that their clocks,
    violations and memory go on; see ``docs/decisions``.
    """

    _inherit = "crm.standard"

    live_id = fields.Many2one(
        "crm.standard",
        string="Draft For",
        ondelete="cascade",
        index="btree_not_null",
        readonly=True,
        copy=False,
        help="This is the draft of a new version of that standard.",
    )
    version_id = fields.Many2one(
        "crm.standard.version", string="Version in Force", readonly=True, copy=False
    )
    version_ids = fields.One2many("crm.standard.version", "standard_id", readonly=True)
    drafted_version_ids = fields.One2many(
        "crm.standard.version",
        "document_id",
        readonly=True,
        help="The versions that were or are written in this document.",
    )
    open_version_id = fields.Many2one(
        "crm.standard.version",
        string="Version in Work",
        compute="_compute_open_version_id",
        help="The version that is being written or approved.",
    )
    open_version_state = fields.Selection(
        STATES, string="Stage of Work", compute="_compute_open_version_id"
    )
    is_draft_of_version = fields.Boolean(compute="_compute_open_version_id")
    is_locked = fields.Boolean(
        compute="_compute_is_locked",
        help="What it says can be changed by a new version only, or is being approved.",
    )
    can_edit = fields.Boolean(
        compute="_compute_can_edit", help="The user may write it, as far as it is not locked."
    )
    approver_ids = fields.Many2many(
        "res.users",
        "crm_standard_approver_rel",
        string="Approvers",
        domain=[("share", "=", False)],
        ondelete="restrict",  # without its approvers anybody could change it alone
        help="All of them must approve a version before it comes into force; then the text and the"
        " rules can be changed by a new version only. Leave empty if no approval is needed.",
    )

    @api.depends("code", "name", "live_id")
    def _compute_display_name(self):
        result = super()._compute_display_name()
        for draft in self.filtered("live_id"):
            draft.display_name = self.env._("%(standard)s (draft)", standard=draft.display_name)
        return result

    @api.depends("version_ids.state", "drafted_version_ids.state")
    @api.depends_context("uid")
    def _compute_open_version_id(self):
        for standard in self:
            known = standard.drafted_version_ids if standard.live_id else standard.version_ids
            work = known.filtered("is_open")[:1]
            standard.open_version_id = work
            standard.open_version_state = work.state
            standard.is_draft_of_version = bool(work) and work.document_id == standard

    @api.depends("open_version_state", "is_draft_of_version", "version_id", "date_in_force")
    def _compute_is_locked(self):
        for standard in self:
            work = standard.open_version_state
            if standard.is_draft_of_version:
                standard.is_locked = work in ("review", "approved")
            else:
                applied = bool(standard.date_in_force)
                standard.is_locked = bool(work) or (applied and standard._needs_approval())

    @api.depends_context("uid")
    def _compute_can_edit(self):
        for standard in self:
            standard.can_edit = standard._origin.has_access("write")

    @api.constrains("approver_ids")
    def _check_approvers(self):
        for standard in self:
            for user in standard.approver_ids:
                if not user.has_group("crm_standards.group_user"):
                    raise ValidationError(
                        self.env._(
                            "%(user)s may not read standards and so cannot approve “%(standard)s”."
                            " Give him or her the right “Employee” under Standards first.",
                            user=user.name,
                            standard=standard.display_name,
                        )
                    )

    def action_new_version(self):
        """Open a draft in which the next version is written, while this one applies."""
        self.ensure_one()
        self.check_access("write")
        version = self.open_version_id or self.env["crm.standard.version"]._open(self)
        return version.action_open_document()

    def action_send_to_review(self):
        """Show the draft to all employees and ask the approvers for their decision."""
        self.ensure_one()
        self.check_access("write")
        version = self.open_version_id
        if not version:
            version = self.env["crm.standard.version"]._open(self, document=self)
        version.action_send_to_review()
        return version.action_open()

    def action_open_version(self):
        """Open the version in work, or the one in force."""
        self.ensure_one()
        return (self.open_version_id or self.version_id).action_open()

    def action_view_versions(self):
        """Open all versions of this standard."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_standards.crm_standard_version_action"
        )
        action["domain"] = [("standard_id", "=", (self.live_id or self).id)]
        action["context"] = {}
        return action

    def action_print(self):
        """Print the version in force, or the one in work if there is none."""
        versions = self.env["crm.standard.version"]
        for standard in self:
            versions |= standard.version_id or standard.open_version_id
        if not versions:
            raise UserError(
                self.env._(
                    "There is no version to print yet: put the standard in force or send it to"
                    " review first."
                )
            )
        return versions.action_print()

    def _make_draft(self):
        """Return a draft of this standard: a copy whose parts know where they come from."""
        self.ensure_one()
        names = self._get_part_names()
        draft = self.copy({name: [] for name in names})
        draft._write_system({"live_id": self.id})
        for part in self._get_parts():
            part.copy({"standard_id": draft.id})._link_source(part.id)
        return draft

    # ---- a draft becomes the law -----------------------------------------------------------

    def _become_law(self) -> None:
        """Carry this draft over to its standard, part by part, and delete the draft.

        Only what differs is written, so that a rule that stayed the same goes on undisturbed.
        """
        live = self.live_id
        with touching(live + self):
            for name in self._get_part_names():
                self._merge_parts(live, name)
            self._copy_changes(self, live, self._get_content_fields())
            if self.attachment_ids != live.attachment_ids:
                live.attachment_ids = self.attachment_ids
                files = self.attachment_ids.filtered(lambda f: f.res_id == self.id)
                # sudo: the files go over with the text, whoever uploaded them
                files.sudo().write({"res_id": live.id})
            self._get_reviewed()._sealed_write({"document_id": False})  # its content is sealed
            self.unlink()
            live.invalidate_recordset()

    def _merge_parts(self, live, name: str) -> None:
        """Carry over the parts of one kind."""
        mine = self[name].filtered("active")
        theirs = live[name].filtered("active")
        fields_ = list(mine._get_content_fields())
        plan = logic.plan_merge(
            {part.id: self._get_values(part, fields_) for part in theirs},
            [
                logic.DraftPart(part.id, part.source_key or None, self._get_values(part, fields_))
                for part in mine
            ],
        )
        if plan.archived:  # first: a new part may take the place of a dropped one
            theirs.browse(plan.archived).write({"active": False})
        for live_id, (draft_id, names) in plan.updates.items():
            part, old = mine.browse(draft_id), theirs.browse(live_id)
            self._copy_changes(part, old, names)
            if old.sequence != part.sequence:
                old.sequence = part.sequence
        adopted = mine.browse(plan.adopted)
        if adopted:
            adopted.write({"standard_id": live.id})
            adopted._link_source(0)

    @api.model
    def _copy_changes(self, source, target, names) -> None:
        """Write to ``target`` those of the fields in which ``source`` differs, translations too."""
        before = self._get_values(target, names)
        after = self._get_values(source, names)
        changed = logic.differing(before, after)
        if not changed:
            return
        target.write({name: self._get_write_value(source, target, name) for name in changed})
        source.copy_translations(target, excluded=set(source._fields) - set(changed))

    @api.model
    def _get_write_value(self, source, target, name: str):
        """Return a field's value as ``write`` wants it; lines below a part are copied anew."""
        field = source._fields[name]
        if field.type != "one2many":
            return field.convert_to_write(source[name], source)
        lines = [fields.Command.create(vals) for vals in source[name].copy_data()]
        return [fields.Command.delete(line.id) for line in target[name]] + lines
