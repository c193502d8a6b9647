from __future__ import annotations

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...logic import version as logic

#: What may still be said about a version while it is being written.
NOTE_FIELDS = frozenset({"note", "date_from"})
STATES = [
    ("draft", "Draft"),
    ("review", "In Review"),
    ("approved", "Approved"),
    ("in_force", "In Force"),
    ("superseded", "Superseded"),
    ("withdrawn", "Withdrawn"),
]
OPEN_STATES = ("draft", "review", "approved")
#: Nobody reads a message about each record; nor does the caller colour a fact.
QUIET = {"tracking_disable": True, "mail_create_nosubscribe": True, "mail_create_nolog": True}


class CrmStandardVersion(models.Model):
    """A standard as it was, is, or is going to be: its text, its rules, its approval, its days.

    Sealed: nobody edits what people were judged by. While it is being written its text lies in a
    document (``document_id``) that can be edited; from the review on the version holds its content
    itself, and a mark (``digest``) that shows any change.
    """

    _name = "crm.standard.version"
    _description = "Version of a Standard"
    # sealed first: its refusals stand before what the others do
    _inherit = ["crm.deadline.sealed", "mail.thread", "mail.activity.mixin"]
    _order = "standard_id, number desc"
    _rec_name = "name"
    _check_company_auto = True

    standard_id = fields.Many2one(
        "crm.standard", required=True, ondelete="cascade", index=True, readonly=True
    )
    document_id = fields.Many2one(
        "crm.standard",
        string="Draft",
        ondelete="set null",
        index="btree_not_null",
        readonly=True,
        help="Where the version is written until it comes into force.",
    )
    company_id = fields.Many2one(
        related="standard_id.company_id", store=True, index="btree_not_null"
    )
    document_type = fields.Selection(related="standard_id.document_type", store=True)
    number = fields.Integer(required=True, readonly=True, aggregator=None)
    name = fields.Char(string="Title", required=True, readonly=True)
    code = fields.Char(readonly=True)
    state = fields.Selection(
        STATES,
        default="draft",
        required=True,
        readonly=True,
        index=True,
    )
    is_open = fields.Boolean(compute="_compute_is_open")
    user_id = fields.Many2one(
        "res.users", string="Written by", required=True, readonly=True, ondelete="restrict"
    )
    owner_id = fields.Many2one(related="standard_id.user_id", string="Owner")
    note = fields.Text(
        string="Why", help="What the version is for, in a sentence or two: everybody reads it."
    )
    date_from = fields.Date(
        string="Comes into Force",
        help="On this day it comes into force by itself, once it is approved. Empty: when somebody"
        " puts it in force.",
    )
    date_in_force = fields.Datetime("In Force since", readonly=True, index="btree_not_null")
    date_end = fields.Datetime("In Force until", readonly=True)
    round = fields.Integer(
        default=1, readonly=True, help="Each time it is sent to review anew, approvals start anew."
    )
    content = fields.Json(readonly=True, groups="crm_standards.group_manager")
    words = fields.Json(readonly=True, groups="crm_standards.group_manager")
    digest = fields.Char(
        string="Mark",
        readonly=True,
        help="A mark made from text, rules and attachments: it differs as soon as anything does.",
    )
    attachment_ids = fields.Many2many(
        "ir.attachment", "crm_standard_version_attachment_rel", readonly=True
    )
    approval_ids = fields.One2many("crm.standard.version.approval", "version_id", readonly=True)
    acknowledgement_ids = fields.One2many(
        "crm.standard.acknowledgement", "version_id", readonly=True
    )
    comment_ids = fields.One2many("crm.standard.comment", "version_id")
    comment_count = fields.Integer(compute="_compute_comment_count")
    asked_count = fields.Integer("Asked to Read", compute="_compute_read_percent")
    read_count = fields.Integer("Have Read", compute="_compute_read_percent")
    read_percent = fields.Integer("Read", compute="_compute_read_percent", aggregator=None)

    _number_unique = models.UniqueIndex("(standard_id, number)")
    _open_once = models.UniqueIndex(
        "(standard_id) WHERE state IN ('draft', 'review', 'approved')",
        "A new version of this standard is in work already.",
    )
    _in_force_once = models.UniqueIndex("(standard_id) WHERE state = 'in_force'")
    _due = models.Index("(date_from) WHERE state = 'approved'")

    @api.depends("name", "code", "number")
    def _compute_display_name(self):
        for version in self:
            version.display_name = self.env._(
                "%(title)s, version %(number)s",
                title=" ".join(filter(None, (version.code, version.name))),
                number=version.number,
            )

    @api.depends("state")
    def _compute_is_open(self):
        for version in self:
            version.is_open = version.state in OPEN_STATES

    @api.depends("comment_ids")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_comment_count(self):
        counts = self._count("crm.standard.comment", [("state", "=", "open")])
        for version in self:
            version.comment_count = counts.get(version, 0)

    @api.depends("acknowledgement_ids.state")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_read_percent(self):
        asked = self._count("crm.standard.acknowledgement", [("state", "!=", "cancelled")])
        read = self._count("crm.standard.acknowledgement", [("state", "=", "acknowledged")])
        for version in self:
            version.asked_count = asked.get(version, 0)
            version.read_count = read.get(version, 0)
            version.read_percent = logic.percent(version.read_count, version.asked_count)

    def _count(self, model: str, domain: list) -> dict:
        """Return how many records of a model the user may see, by version."""
        domain = [("version_id", "in", self.ids), *domain]
        return dict(self.env[model]._read_group(domain, ["version_id"], ["__count"]))

    def write(self, vals):
        """Let an author say why and from when, while the version is being written."""
        if NOTE_FIELDS.issuperset(vals) and all(version.state == "draft" for version in self):
            self.check_access("write")
            return self._sealed_write(vals)
        return super().write(vals)

    @api.model
    def _open(self, standard, document=None):
        """Start the next version of a standard, written in ``document`` or in a new draft."""
        if standard.live_id:
            raise UserError(
                self.env._(
                    "“%(standard)s” is itself the draft of a new version: go on writing there.",
                    standard=standard.display_name,
                )
            )
        document = document or (standard._make_draft() if standard.date_in_force else standard)
        return self._make({"standard_id": standard.id, "document_id": document.id})

    @api.model
    def _make(self, vals: dict):
        """Create a version with the next number."""
        standard = self.env["crm.standard"].browse(vals["standard_id"])
        standard.lock_for_update(allow_referencing=True)  # two versions never get one number
        versions = self.sudo()  # versions are made by the register, nobody may create them
        versions = versions.with_env(versions.env(context=QUIET))
        last = versions.search([("standard_id", "=", standard.id)], limit=1)
        return versions._sealed_create(
            [
                {
                    "number": last.number + 1,
                    "name": standard.name,
                    "code": standard.code,
                    "user_id": self.env.uid,
                    **vals,
                }
            ]
        ).with_env(self.env)

    def _get_content(self) -> logic.Content:
        """Return what the version says; while it is being written, what its document says."""
        self.ensure_one()
        content = self.sudo().content  # whoever may read the version may read what it says
        return logic.from_json(content) if content else self.document_id._get_content()

    def _get_words(self, lang: str | None = None) -> dict:
        """Return what the version says in the words of a language (default: the user's)."""
        self.ensure_one()
        words = self.sudo().words  # as above
        words = words or self.document_id._get_words()
        return words.get(lang or self.env.lang) or next(iter(words.values()))

    def _get_former(self):
        """Return the version that was in force before this one, if any."""
        self.ensure_one()
        # sudo: what changed is told also to those who may not read old versions
        return self.sudo().search(
            [
                ("standard_id", "=", self.standard_id.id),
                ("number", "<", self.number),
                ("date_in_force", "!=", False),
            ],
            limit=1,
        )

    def action_open(self):
        """Open this version."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
        }

    def action_open_document(self):
        """Open the text of this version where it can be edited, else the standard."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "crm.standard",
            "res_id": (self.document_id or self.standard_id).id,
            "view_mode": "form",
        }

    def action_print(self):
        """Print the versions, one document each."""
        report = self.env.ref("crm_standards.crm_standard_version_report")
        return report.report_action(self, config=False)
