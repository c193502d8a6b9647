from odoo import api, fields, models
from odoo.exceptions import AccessError

#: What a file is: its content, its name and where it belongs.
PROOF_FIELDS = frozenset(
    {"raw", "datas", "db_datas", "store_fname", "checksum", "type", "url", "mimetype", "name"}
    | {"res_model", "res_id", "res_field"}
)
#: What core finds out from the content and drops from values, but not from a caller's defaults: a
#: file without content would say that it has some.
CONTENT_DEFAULTS = frozenset({"default_file_size", "default_checksum", "default_store_fname"})


class IrAttachment(models.Model):
    """What kind of document a file is, for the standards that ask for one.

    The files of a version that was in force are part of it, and as sealed as its text.
    """

    _inherit = "ir.attachment"

    standard_kind_id = fields.Many2one(
        "crm.standard.document.kind",
        string="Kind of document",
        index="btree_not_null",
        ondelete="set null",
    )

    @api.model_create_multi
    def create(self, vals_list):
        files = self.with_context(**dict.fromkeys(CONTENT_DEFAULTS, False))
        return super(IrAttachment, files).create(vals_list).with_env(self.env)

    def write(self, vals):
        changed = PROOF_FIELDS.intersection(vals)
        sealed = self._find_sealed() if changed else self.browse()
        # moving files between storages writes what is there already
        if any(file._is_other(name, vals[name]) for file in sealed for name in changed):
            raise sealed._sealed_error()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sealed(self):
        if sealed := self._find_sealed():
            raise sealed._sealed_error()

    def _find_sealed(self):
        """Return those of the files that belong to a version of a standard."""
        files = self.sudo().filtered(  # sealed also for those who may not see the version
            lambda file: file.res_model == "crm.standard.version"
        )
        if not files:
            return files
        versions = self.env["crm.standard.version"].sudo()  # as above
        return files & versions.search([("attachment_ids", "in", files.ids)]).attachment_ids

    def _is_other(self, name: str, value) -> bool:
        """Tell whether a value differs from what the file has."""
        self.ensure_one()
        known = self[name] or False
        if isinstance(known, bytes) and isinstance(value, str):
            value = value.encode()
        return known != (value or False)

    def _sealed_error(self) -> AccessError:
        """Return the error of a change of what people were shown."""
        return AccessError(
            self.env._(
                "“%(file)s” belongs to a version of a standard that people have read. Attach the"
                " new file to the standard, in a new version.",
                file=self[:1].name,
            )
        )
