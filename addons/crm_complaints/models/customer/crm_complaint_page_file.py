import re

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools.mimetypes import guess_mimetype

from ...logic.form_guard import SAFE_TYPES, Fault, Upload, UploadLimits, find_fault


class CrmComplaint(models.Model):
    """The files customers send, and those they may take away."""

    _inherit = "crm.complaint"

    @api.model
    def _check_page_files(self, files):
        """Return the files of a customer with clean names.

        :param files: (name, content) pairs as they came
        :raise UserError: for the first that cannot be taken, with the reason
        """
        files = [(self._clean_file_name(name), content) for name, content in files]
        limits = UploadLimits()
        uploads = [
            Upload(name, len(content), guess_mimetype(content, "")) for name, content in files
        ]
        if found := find_fault(uploads, limits):
            raise UserError(self._describe_fault(*found, limits))
        return files

    @api.model
    def _clean_file_name(self, name):
        """Return a file's name without folders and control characters, not too long."""
        name = re.split(r"[/\\]", name or "")[-1]
        name = "".join(letter for letter in name if letter.isprintable()).strip()
        return name[-100:] or "file"

    @api.model
    def _describe_fault(self, fault, upload, limits):
        name = upload.name if upload else ""
        megabyte = 1024 * 1024
        words = {
            Fault.MANY: self.env._(
                "At most %(most)s files can be sent at once. Send the rest afterwards.",
                most=limits.count,
            ),
            Fault.EMPTY: self.env._("“%(name)s” is empty. Choose it again.", name=name),
            Fault.BIG: self.env._(
                "“%(name)s” is too big: a file may have %(most)s MB. Make it smaller.",
                name=name,
                most=limits.size // megabyte,
            ),
            Fault.BIG_TOGETHER: self.env._(
                "The files are too big together: %(most)s MB can be sent at once.",
                most=limits.together // megabyte,
            ),
            Fault.TYPE: self.env._(
                "“%(name)s” cannot be taken. Send a picture, a PDF or an office document.",
                name=name,
            ),
        }
        return words[fault]

    @api.model
    def _get_file_endings(self):
        """Return what the file field of a page offers: the endings of files that are taken."""
        endings = {ending for endings in SAFE_TYPES.values() for ending in endings}
        return ",".join(f".{ending}" for ending in sorted(endings))

    def _get_page_file(self, attachment_id):
        """Return in sudo a file of the talk with the customer; empty for any other."""
        return self._get_page_messages().attachment_ids.filtered(
            lambda attachment: attachment.id == attachment_id
        )
