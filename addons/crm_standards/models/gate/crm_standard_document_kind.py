from odoo import api, fields, models
from odoo.exceptions import ValidationError

MIMETYPES = [
    ("pdf", "PDF"),
    ("image", "Image"),
    ("office", "Text, table or presentation"),
]


class CrmStandardDocumentKind(models.Model):
    """A kind of document that belongs to a deal: a contract, a questionnaire, a drawing.

    An attachment of a lead is of this kind when somebody said so, or when its file is named so.
    """

    _name = "crm.standard.document.kind"
    _description = "Kind of Document"
    _inherit = ["crm.standard.named"]
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    name_pattern = fields.Char(
        string="File is named",
        help="Files named like this are of this kind without anybody saying so; * stands for"
        " anything: *contract*. Leave empty if the kind must be chosen when a file is attached.",
    )
    name_like = fields.Char(
        compute="_compute_name_like", store=True, help="The pattern as the database wants it."
    )
    mimetype = fields.Selection(
        MIMETYPES, string="Only files of type", help="Leave empty for files of every type."
    )

    @api.depends("name_pattern")
    def _compute_name_like(self):
        for kind in self:
            pattern = (kind.name_pattern or "").strip()
            for sign in "\\%_":
                pattern = pattern.replace(sign, f"\\{sign}")
            kind.name_like = pattern.replace("*", "%") or False

    @api.constrains("name_pattern")
    def _check_name_pattern(self):
        for kind in self:
            if kind.name_pattern and not kind.name_pattern.strip().replace("*", ""):
                raise ValidationError(
                    self.env._(
                        "“%(kind)s”: every file is named like %(pattern)s. Write a part of the"
                        " name, or leave it empty.",
                        kind=kind.name,
                        pattern=kind.name_pattern,
                    )
                )

    @api.model
    def _get_standard_fields(self):
        return ["name", "name_pattern", "mimetype"]

    def _get_standard_words(self):
        names = ["name_pattern", "mimetype"]
        lines = self.env["crm.standard"]._read_labels(self, names)
        return " · ".join(f"{label}: {text}" for _name, label, text in lines if text)
