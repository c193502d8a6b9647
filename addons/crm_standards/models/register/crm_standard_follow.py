from __future__ import annotations

from odoo import api, models
from odoo.exceptions import UserError

from ...logic import version as logic


class CrmStandard(models.Model):
    """The register follows its standards: what they say is at any moment a version of theirs."""

    _inherit = "crm.standard"

    def _follow_versions(self) -> None:
        """Make the versions agree with what was just done to these standards, or refuse it.

        Called once at the end of every piece of work on standards or their parts, whatever door it
        came by. It compares what they say with what was approved, so no path leads round it.
        """
        for standard in self.sudo():  # the register is complete, whoever works on a standard
            content = standard._get_content()
            standard._check_under_review(content)
            if standard.live_id:
                standard._check_still_draft()
            elif standard.state == "in_force" and standard.active:
                standard._follow_in_force(content)
            else:
                standard._follow_out_of_force(content)

    def _follow_in_force(self, content: logic.Content) -> None:
        """Make sure that what applies now is a version, and an approved one where it must be."""
        current, work = self.version_id, self.open_version_id
        if current and current._says(content):
            return
        if work and work._is_ready() and work._says(content):
            work._enter_force(content)
            return
        if current and work and work.document_id != self:
            raise UserError(
                self.env._(
                    "A new version of “%(standard)s” is being written. Change it there, or discard"
                    " that draft first.",
                    standard=self.display_name,
                )
            )
        known = any(v.date_in_force and v._says(content) for v in self.version_ids)
        if not known and self._needs_approval():
            raise self._unapproved_error()
        if work.document_id != self:
            work = self.env["crm.standard.version"]._make({"standard_id": self.id})
        work._enter_force(content)

    def _follow_out_of_force(self, content: logic.Content) -> None:
        """Note that nothing applies any more; an approved text stays as it was approved."""
        if self.version_id:
            self.version_id._leave_force("withdrawn")
            self._write_system({"version_id": False})
        last = self._get_last_approvable()
        changed = last.date_in_force and not last._says(content)
        if changed and self._needs_approval():
            raise self._unapproved_error()

    def _check_under_review(self, content: logic.Content) -> None:
        """Refuse to change what is being approved: its approvers must know what they approve."""
        reviewed = self._get_reviewed()
        if reviewed and not reviewed._says(content):
            raise self._reviewed_error()

    def _get_reviewed(self):
        """Return the versions written in these drafts that are being or were approved."""
        versions = self.sudo().drafted_version_ids  # what is decided binds whoever works on it
        return versions.filtered(lambda version: version.state in ("review", "approved"))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_reviewed(self):
        for standard in self:
            if standard._get_reviewed():
                raise standard._reviewed_error()

    def _reviewed_error(self) -> UserError:
        """Return the error of a change of what people are deciding about."""
        return UserError(
            self.env._(
                "“%(standard)s” is in review or approved as it is. Take it back to draft to"
                " change it; its approvers will then be asked anew.",
                standard=self.display_name,
            )
        )

    def _check_still_draft(self) -> None:
        """Refuse to put the draft itself in force: it would stand beside its own standard."""
        if self.state != "draft":
            raise UserError(
                self.env._(
                    "“%(standard)s” is the draft of a new version: put that version in force, and"
                    " the standard will follow.",
                    standard=self.display_name,
                )
            )

    def _get_last_approvable(self):
        """Return the version that decides whether an approval is needed for the next."""
        # sudo: what was decided binds also those who may not read old versions
        known = self.sudo().version_ids.filtered(lambda v: v.date_in_force or v.approval_ids)
        return known.sorted("number")[-1:]

    def _get_bound_approvers(self):
        """Return who had a say in the last version: without them nobody gives it up or changes it.

        Otherwise one could name nobody in the draft, or take the names off after a refusal.
        """
        self.ensure_one()
        last = self._get_last_approvable()
        if not last.date_in_force:
            return last.approval_ids.user_id
        ids = last._get_content().values.get("approver_ids", ())
        return self.env["res.users"].browse(ids).exists()

    def _needs_approval(self) -> bool:
        """Tell whether what the standard says has to be approved before it applies."""
        was_in_force = bool(self._get_last_approvable().date_in_force)
        return bool(self._get_bound_approvers() or (not was_in_force and self.approver_ids))

    def _unapproved_error(self) -> UserError:
        """Return the error of a change that nobody has approved."""
        if self._get_last_approvable().date_in_force and not self.open_version_id:
            return UserError(
                self.env._(
                    "“%(standard)s” was approved as it is. Make a new version, change it there, and"
                    " send it to review. What its rules name, such as a checklist or a deadline,"
                    " belongs to it: copy it, change the copy, and choose the copy there.",
                    standard=self.display_name,
                )
            )
        return UserError(
            self.env._(
                "“%(standard)s” has approvers: send it to review; it comes into force when all of"
                " them have approved it.",
                standard=self.display_name,
            )
        )

    def _get_version_at(self, moment):
        """Return the version that was in force at a moment (naive UTC); empty if there was none."""
        self.ensure_one()
        return self.env["crm.standard.version"].search(
            [
                ("standard_id", "=", self.id),
                ("date_in_force", "<=", moment),
                "|",
                ("date_end", "=", False),
                ("date_end", ">", moment),
            ],
            order="number desc",
            limit=1,
        )
