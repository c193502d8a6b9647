from odoo import models

from odoo.addons.base_import.models.base_import import ImportValidationError


class BaseImportImport(models.TransientModel):
    """Clear words for files that core's import stumbles over.

    An empty file ends in a message about unpacking values, and a row with too few cells in the
    middle of a file in no message at all.
    """

    _inherit = "base_import.import"

    def _read_file(self, options):
        if not self.file:
            raise ImportValidationError(
                self.env._(
                    "The file “%(file)s” is empty (0 bytes). Export it again, with a title row and"
                    " at least one row of data.",
                    file=self.file_name or "",
                )
            )
        return super()._read_file(options)

    def _convert_import_data(self, fields, options):
        _length, rows = self._read_file(options)
        self._check_row_lengths(rows, len(fields))
        return super()._convert_import_data(fields, options)

    def _check_row_lengths(self, rows, expected):
        """Raise an error naming the first row whose cells do not fit under the title row.

        :param rows: rows of the file, title row included; row 1 is the first of the file
        :param expected: number of columns
        """
        if not rows or len(rows[0]) != expected:
            return  # core has its own words for a title row that does not fit
        for number, row in enumerate(rows, start=1):
            if len(row) != expected:
                raise ImportValidationError(
                    self.env._(
                        "Row %(row)s: %(found)s columns instead of the title row's %(expected)s"
                        " (%(content)s). Look for a missing or an unquoted separator in it.",
                        row=number,
                        found=len(row),
                        expected=expected,
                        content=", ".join(map(str, row[:5])),
                    )
                )
