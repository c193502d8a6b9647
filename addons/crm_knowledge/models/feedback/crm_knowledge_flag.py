from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

REASONS = [
    ("wrong", "Wrong"),
    ("outdated", "Outdated"),
    ("missing", "Something is missing"),
    ("unclear", "Hard to understand"),
    ("duplicate", "There is the same article already"),
    ("other", "Something else"),
]
#: Reasons for which readers should not rely on an article until somebody has looked.
DOUBTS = ("wrong", "outdated")
OPEN, FIXED, REJECTED = "open", "fixed", "rejected"


class CrmKnowledgeFlag(models.Model):
    """Flag it or fix it: whoever cannot mend an article says what is wrong with it.

    The owner is asked; what is wrong or outdated says so to all readers at once. Who has flagged
    gets an answer.
    """

    _name = "crm.knowledge.flag"
    _description = "Flag on a Knowledge Article"
    _inherit = ["crm.knowledge.part"]
    _order = "id desc"
    _rec_name = "article_id"

    reason = fields.Selection(REASONS, required=True, default="wrong")
    note = fields.Text("What exactly", required=True)
    user_id = fields.Many2one(
        "res.users",
        "Flagged by",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.user,
    )
    version = fields.Integer(readonly=True, help="The version in force when it was flagged.")
    state = fields.Selection(
        [(OPEN, "Open"), (FIXED, "Fixed"), (REJECTED, "Nothing to fix")],
        required=True,
        readonly=True,
        default=OPEN,
        index=True,
    )
    answer = fields.Text(help="What whoever has flagged is told.")
    closed_by_id = fields.Many2one("res.users", "Closed by", readonly=True, ondelete="restrict")
    date_closed = fields.Datetime("Closed on", readonly=True)
    can_close = fields.Boolean(compute="_compute_can_close")

    _open_uniq = models.UniqueIndex(
        "(article_id, user_id) WHERE state = 'open'",
        "You have flagged this article already: say more in a comment below the article.",
    )

    @api.depends("state", "article_id")
    @api.depends_context("uid")
    def _compute_can_close(self):
        for flag in self:
            flag.can_close = flag.state == OPEN and flag.article_id._is_cared_for()

    @api.model_create_multi
    def create(self, vals_list):
        """Flag in one's own name, whatever the values say."""
        own = {"article_id", "reason", "note"}
        if not self.env.su:
            vals_list = [
                {name: value for name, value in vals.items() if name in own} for vals in vals_list
            ]
        flags = super().create(vals_list)
        for flag in flags:
            # sudo: which version readers saw is not for them to say
            flag.sudo().version = flag.sudo().article_id.version
        flags._ask_owners()
        return flags

    def write(self, vals):
        if not self.env.su and set(vals) - {"answer"}:
            raise AccessError(
                self.env._("What was flagged stays as it is. Answer it, or close it by its button.")
            )
        return super().write(vals)

    def _ask_owners(self):
        """Hook: flags were raised; ask the owners, and warn readers where it matters."""
        # sudo: who flags may not change the article
        articles = self.sudo().filtered(lambda flag: flag.reason in DOUBTS).article_id
        doubted = articles.filtered(lambda article: article.state == "published")
        doubted._doubt()
        # sudo: as above
        (self.sudo().article_id - doubted)._ask_owner("crm_knowledge.mail_activity_type_flag")

    def action_fixed(self):
        """Say that the article was mended."""
        self._close(FIXED)

    def action_reject(self):
        """Say that there is nothing to mend, and why."""
        if any(not flag.answer for flag in self):
            raise UserError(self.env._("Say in the answer why there is nothing to fix."))
        self._close(REJECTED)

    def _close(self, state):
        self.check_access("read")
        for flag in self:
            if not flag.can_close:
                raise UserError(
                    self.env._(
                        "The flag on “%(name)s” is closed already, or not yours to close: ask the"
                        " owner of the article.",
                        name=flag.article_id.name,
                    )
                )
        # sudo: judged above
        self.sudo().write(
            {"state": state, "closed_by_id": self.env.uid, "date_closed": self.env.cr.now()}
        )
        self._tell_flaggers()
        self._stop_asking()

    def _tell_flaggers(self):
        """Answer whoever has flagged and may still read the article."""
        states = dict(self._fields["state"]._description_selection(self.env))
        for flag in self:
            # sudo: the answer goes out whoever closes
            article = flag.sudo().article_id
            person = article._filter_readers(flag.user_id - self.env.user)
            if person:
                article.message_notify(
                    partner_ids=person.partner_id.ids,
                    subject=self.env._("Your flag: %(state)s", state=states[flag.state]),
                    body=flag.answer or states[flag.state],
                )

    def _stop_asking(self):
        """Close the owner's task once nothing is open any more."""
        # sudo: flags of others and the owner's task
        articles = self.sudo().article_id
        still = self.sudo().search(  # sudo: as above
            Domain("article_id", "in", articles.ids) & Domain("state", "=", OPEN)
        )
        done = articles - still.article_id
        done.activity_unlink(["crm_knowledge.mail_activity_type_flag"])
