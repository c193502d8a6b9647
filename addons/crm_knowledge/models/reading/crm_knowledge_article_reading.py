from odoo import api, fields, models
from odoo.exceptions import UserError

from ...logic import lifecycle
from ...logic.reading import share
from .crm_knowledge_reading import ASKED, CANCELLED, CONFIRMED


class CrmKnowledgeArticle(models.Model):
    """Articles that have to be read and confirmed, each version anew."""

    _inherit = "crm.knowledge.article"

    is_to_confirm = fields.Boolean(
        "To Be Confirmed",
        tracking=True,
        help="Everybody it is for is asked to read each version, and to confirm it.",
    )
    confirm_user_ids = fields.Many2many(
        "res.users",
        "crm_knowledge_article_confirm_user_rel",
        string="Employees",
        domain="[('share', '=', False)]",
    )
    confirm_group_ids = fields.Many2many(
        "res.groups", "crm_knowledge_article_confirm_group_rel", string="Groups"
    )
    confirm_team_ids = fields.Many2many(
        "crm.team",
        "crm_knowledge_article_confirm_team_rel",
        string="Sales Teams",
        help="Their members and leaders. Nobody chosen at all: everybody who reads the article.",
    )
    confirm_days = fields.Integer(
        "Read Within (days)", default=7, help="Who is late is reminded. 0: no time limit."
    )
    reading_version = fields.Integer(
        "Confirmed from Version",
        readonly=True,
        copy=False,
        help="Who has confirmed this version or a later one need not read again.",
    )
    question_ids = fields.One2many("crm.knowledge.question", "article_id", "Check", copy=True)
    reading_ids = fields.One2many("crm.knowledge.reading", "article_id", "Confirmations")
    reading_count = fields.Integer("Asked to Read", compute="_compute_reading_count")
    confirmed_percent = fields.Integer("Confirmed (%)", compute="_compute_reading_count")
    is_for_me_to_confirm = fields.Boolean(
        compute="_compute_is_for_me_to_confirm", search="_search_is_for_me_to_confirm"
    )

    _confirm_days_not_negative = models.Constraint(
        "CHECK(confirm_days >= 0)", "Nobody reads within minus so many days."
    )

    @api.depends("reading_ids.state", "version")
    @api.depends_context("uid")
    def _compute_reading_count(self):
        rows = self.env["crm.knowledge.reading"]._read_group(
            [
                ("article_id", "in", self.ids),
                ("state", "!=", CANCELLED),
                ("version_id.date_end", "=", False),
            ],
            ["article_id", "state"],
            ["__count"],
        )
        counts = {(article.id, state): count for article, state, count in rows}
        for article in self:
            confirmed = counts.get((article.id, CONFIRMED), 0)
            article.reading_count = confirmed + counts.get((article.id, ASKED), 0)
            article.confirmed_percent = share(confirmed, article.reading_count)

    @api.depends("reading_ids.state")
    @api.depends_context("uid")
    def _compute_is_for_me_to_confirm(self):
        waiting = self.env["crm.knowledge.reading"].search(
            [
                ("article_id", "in", self.ids),
                ("user_id", "=", self.env.uid),
                ("state", "=", ASKED),
            ]
        )
        for article in self:
            article.is_for_me_to_confirm = article in waiting.article_id

    @api.model
    def _search_is_for_me_to_confirm(self, operator, value):
        if operator != "in":
            return NotImplemented
        mine = [("user_id", "=", self.env.uid), ("state", "=", ASKED)]
        return [("reading_ids", "any" if True in value else "not any", mine)]

    def _put_into_force(self):
        """Have every new version read anew; who has to, is asked by the job."""
        known = {article.id: article.version for article in self}
        result = super()._put_into_force()
        for article in self.sudo():  # sudo: as the version itself
            if article.version != known[article.id]:
                article.reading_version = article.version
        if any(article.is_to_confirm for article in self):
            self._trigger_asking()
        return result

    def write(self, vals):
        result = super().write(vals)
        if vals.get("is_to_confirm"):
            self._trigger_asking()
        return result

    @api.model
    def _trigger_asking(self):
        """Have the readers asked soon, and not while somebody waits."""
        job = self.env.ref("crm_knowledge.crm_knowledge_reading_cron", raise_if_not_found=False)
        if job:
            # sudo: whoever publishes may not see jobs
            job.sudo()._trigger()

    def action_waive_reading(self):
        """Say that the version in force changes nothing for who has confirmed the one before."""
        self.ensure_one()
        self.check_access("read")
        self._check_deed(lifecycle.SET_UP)
        # sudo: confirmations of all; what the job reads is written by deeds only
        article = self.sudo()
        confirmed = article.reading_ids.filtered(lambda reading: reading.state == CONFIRMED)
        known = max(confirmed.version_id.mapped("number"), default=0)
        if not 0 < known < article.version or article.reading_version != article.version:
            raise UserError(
                self.env._(
                    "Nobody has confirmed a version of “%(name)s” before the present one: there is"
                    " nothing to spare anybody.",
                    name=self.name,
                )
            )
        article.reading_version = known
        article.message_post(
            body=self.env._(
                "Version %(now)s changes nothing that matters: who has confirmed version %(then)s"
                " need not read it again.",
                now=article.version,
                then=article.reading_version,
            )
        )
        self._trigger_asking()

    def action_view_readings(self):
        """Open who was asked to read this article, and who has confirmed."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_knowledge.crm_knowledge_reading_action_report"
        )
        action["domain"] = [("article_id", "=", self.id)]
        action["context"] = {}
        return action
