from __future__ import annotations

import logging
from dataclasses import replace

from odoo import api, fields, models
from odoo.fields import Domain

from ...logic import version as logic
from ..common.version_watch import touching

_logger = logging.getLogger(__name__)


class CrmStandardVersion(models.Model):
    """How versions come into force and leave it."""

    _inherit = "crm.standard.version"

    def _get_mark(self) -> str:
        """Return the mark of what the version says."""
        self.ensure_one()
        return self.digest or logic.digest(self._get_content())

    def _says(self, content: logic.Content) -> bool:
        """Tell whether the version says exactly this.

        One that was sealed by an older release does not know what its parts name: it is not held
        against it.
        """
        self.ensure_one()
        known = self._get_content()
        return self._get_mark() in (
            logic.digest(content),
            logic.digest(content if known.named else replace(content, named=())),
        )

    def _enter_force(self, content: logic.Content) -> None:
        """Seal what the version says, let it take the place of the one before, ask the readers."""
        standard, former = self.standard_id, self.standard_id.version_id
        if former:
            former._leave_force("superseded")
            former.flush_recordset()  # one version in force at a time, in the database too
        self._sealed_write(
            {
                **self._prepare_seal(standard, content),
                "state": "in_force",
                "date_in_force": self.env.cr.now(),
                "document_id": False,
            }
        )
        self.flush_recordset()
        self._copy_files(standard)
        self.activity_unlink(["crm_standards.mail_activity_type_approve"])
        standard._write_system({"version_id": self.id})
        job = self.env.ref("crm_standards.crm_standard_version_cron", raise_if_not_found=False)
        if job:
            job._trigger()  # the readers are asked soon, and not while somebody waits

    def _leave_force(self, state: str) -> None:
        """Note until when the version applied; whoever has not read it need not any more."""
        self._sealed_write({"state": state, "date_end": self.env.cr.now()})
        self.acknowledgement_ids._cancel()

    def _prepare_seal(self, document, content: logic.Content) -> dict:
        """Return the values that hold what the version says, for ever."""
        return {
            "name": document.name,
            "code": document.code,
            "content": logic.to_json(content),
            "words": document._get_words(),
            "digest": logic.digest(content),
        }

    def _copy_files(self, standard) -> None:
        """Keep the attachments as they are: those of the standard may be replaced or deleted."""
        files = self.env["ir.attachment"]
        for file in standard.attachment_ids:
            files |= file.copy({"res_model": self._name, "res_id": self.id})
        self._sealed_write({"attachment_ids": [fields.Command.set(files.ids)]})

    # ---- on their day ----------------------------------------------------------------------

    @api.model
    def _cron_follow(self) -> None:
        """Bring approved versions into force on their day, then ask whoever has to read."""
        commit = self.env["ir.cron"]._commit_progress
        due = self.search(self._get_due_domain())
        commit(remaining=len(due) + 1)
        for version in due:
            version._try_put_in_force()
            if not commit(1):
                return
        if self.env["crm.standard.acknowledgement"]._ask_all(commit):
            commit(1)

    @api.model
    def _get_due_domain(self) -> Domain:
        """Return the versions that should be in force by their date."""
        today = self.env.cr.now().date()
        return Domain("state", "=", "approved") & Domain("date_from", "<=", today)

    def _try_put_in_force(self) -> None:
        """Bring it into force; what cannot be is logged, and stands on the health page."""
        try:
            with self.env.cr.savepoint():
                self._put_in_force()
        except Exception as error:  # whatever one version raises must not hold up the others
            _logger.warning("%s cannot come into force: %s", self.display_name, error)

    def _put_in_force(self) -> None:
        """Let the document of this version become the law."""
        self.ensure_one()
        standard, document = self.standard_id, self.document_id
        if not self.digest:  # nobody had to approve it: what it says would go with its document
            self._note(self._prepare_seal(document, document._get_content()))
        with touching(standard):
            if document != standard:
                document._become_law()
            if standard.state != "in_force" or not standard.active:
                standard.write({"state": "in_force", "active": True})
