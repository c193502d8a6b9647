from odoo import api, fields, models

ASKED, CONFIRMED, CANCELLED = "asked", "confirmed", "cancelled"
READ = "crm_knowledge.mail_activity_type_read"


class CrmKnowledgeReading(models.Model):
    """An employee is asked to read a version, and confirms that he or she has read it.

    Sealed: it proves who knew what, and since when. Nobody confirms for somebody else.
    """

    _name = "crm.knowledge.reading"
    _description = "Confirmation of Reading"
    # sealed first: its refusals stand before what the others do
    _inherit = [
        "crm.deadline.sealed",
        "crm.knowledge.part",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "date_asked desc, id desc"

    article_id = fields.Many2one(readonly=True, ondelete="restrict")
    version_id = fields.Many2one(
        "crm.knowledge.article.version",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    category_id = fields.Many2one(related="article_id.category_id", store=True)
    company_id = fields.Many2one(
        related="article_id.company_id", store=True, index="btree_not_null"
    )
    user_id = fields.Many2one(
        "res.users", "Employee", required=True, readonly=True, index=True, ondelete="restrict"
    )
    team_id = fields.Many2one(
        "crm.team",
        "Sales Team",
        readonly=True,
        ondelete="set null",
        help="The employee's team when he or she was asked.",
    )
    state = fields.Selection(
        [(ASKED, "To Read"), (CONFIRMED, "Confirmed"), (CANCELLED, "Not Needed")],
        required=True,
        readonly=True,
        default=ASKED,
        index=True,
    )
    date_asked = fields.Datetime("Asked on", required=True, readonly=True)
    date_due = fields.Date("Read until", readonly=True)
    date_reminded = fields.Date("Reminded on", readonly=True)
    date_confirmed = fields.Datetime("Confirmed on", readonly=True)
    digest = fields.Char(
        "Fingerprint", readonly=True, help="The fingerprint of the text that was confirmed."
    )
    is_late = fields.Boolean("Late", compute="_compute_is_late", search="_search_is_late")

    _once = models.UniqueIndex(
        "(version_id, user_id) WHERE state != 'cancelled'",
        "You were asked to read this a moment ago. Reload the page.",
    )
    _open_index = models.Index("(user_id) WHERE state = 'asked'")

    @api.depends("version_id", "user_id")
    def _compute_display_name(self):
        for reading in self:
            # sudo: the title of a version whose article one may read
            reading.display_name = reading.sudo().version_id.display_name

    @api.depends("state", "date_due")
    def _compute_is_late(self):
        today = fields.Date.today()
        for reading in self:
            due = reading.date_due
            reading.is_late = reading.state == ASKED and bool(due) and due < today

    @api.model
    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        late = [("state", "=", ASKED), ("date_due", "<", fields.Date.today())]
        return late if True in value else ["!", "&", *late]

    def action_open(self):
        """Open the article to read it."""
        self.ensure_one()
        self.check_access("read")
        return self.article_id._open_to_read()

    def _confirm(self):
        """Note that the employees have confirmed, each for himself or herself."""
        for reading in self:
            reading._sealed_write(
                {
                    "state": CONFIRMED,
                    "date_confirmed": self.env.cr.now(),
                    "digest": reading.version_id.digest,
                }
            )
        self.activity_unlink([READ])

    def _cancel(self):
        """Ask no more: another version is in force, or the article does not concern them."""
        if self:
            self._sealed_write({"state": CANCELLED})
            self.activity_unlink([READ])

    @api.model
    def _get_known_version(self, article, user, moment):
        """Return the latest version that somebody had confirmed by then: what he or she knew."""
        # sudo: for judging people by what they knew; the caller decides who sees it
        known = self.sudo().search(
            [
                ("article_id", "=", article.id),
                ("user_id", "=", user.id),
                ("state", "=", CONFIRMED),
                ("date_confirmed", "<=", moment),
            ]
        )
        return known.version_id.sorted("number")[-1:]
