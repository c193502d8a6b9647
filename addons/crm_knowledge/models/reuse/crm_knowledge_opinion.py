from odoo import api, fields, models
from odoo.exceptions import AccessError

REASONS = [
    ("not_it", "It is not what I was looking for"),
    ("unclear", "Hard to understand"),
    ("too_long", "Too long"),
    ("missing", "Something is missing"),
    ("outdated", "Outdated"),
    ("wrong", "Wrong"),
]


class CrmKnowledgeOpinion(models.Model):
    """Whether an article helped a reader, and if not, why not: one opinion on each version."""

    _name = "crm.knowledge.opinion"
    _description = "Opinion on a Knowledge Article"
    _inherit = ["crm.knowledge.part"]
    _order = "date desc, id desc"
    _rec_name = "article_id"

    article_id = fields.Many2one(readonly=True)
    version = fields.Integer(readonly=True)
    is_helpful = fields.Boolean("Helpful", readonly=True)
    reason = fields.Selection(REASONS, readonly=True)
    note = fields.Text(readonly=True)
    user_id = fields.Many2one(
        "res.users", "Reader", required=True, readonly=True, index=True, ondelete="restrict"
    )
    date = fields.Datetime(required=True, readonly=True)

    _one_uniq = models.UniqueIndex(
        "(article_id, version, user_id)", "You have said already whether this version helped."
    )

    @api.model_create_multi
    def create(self, vals_list):
        self._check_own_way()
        return super().create(vals_list)

    def write(self, vals):
        self._check_own_way()
        return super().write(vals)

    def _check_own_way(self):
        """Let opinions come in by the buttons below an article only, each in one's own name."""
        if not self.env.su:
            raise AccessError(
                self.env._("Say below the article whether it has helped; nobody else can.")
            )

    @api.model
    def _note(self, article, is_helpful, reason, note):
        """Keep what the user thinks of the version in force, in place of an earlier opinion."""
        is_reason = isinstance(reason, str) and reason in dict(REASONS)
        vals = {
            "is_helpful": is_helpful,
            "reason": reason if not is_helpful and is_reason else False,
            "note": note.strip()[:2000] if not is_helpful and isinstance(note, str) else False,
            "date": self.env.cr.now(),
        }
        key = {"article_id": article.id, "version": article.version, "user_id": self.env.uid}
        # sudo: written by this way only, in the name of the user
        opinions = self.sudo()
        known = opinions.search([(name, "=", value) for name, value in key.items()])
        if known:
            known.write(vals)
            return known
        return opinions.create([{**key, **vals}])
