from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL, hmac

from ...logic.public import Flood, is_flood

WINDOW = timedelta(hours=1)
FORGET = timedelta(days=30)  # from then on nobody needs to know which visitor it was
MOST_SIGNS = 1000


class CrmKnowledgePublicOpinion(models.Model):
    """Whether a page has helped a visitor, and what was missing; one opinion on each version.

    A visitor is a keyed hash: enough to count by, and no personal data.
    """

    _name = "crm.knowledge.public.opinion"
    _description = "Opinion of a Visitor"
    _inherit = ["crm.knowledge.part"]
    _order = "date desc, id desc"
    _rec_name = "article_id"

    article_id = fields.Many2one(readonly=True)
    version = fields.Integer(readonly=True)
    is_helpful = fields.Boolean("Helpful", readonly=True)
    note = fields.Text("What Was Missing", readonly=True)
    date = fields.Datetime(required=True, readonly=True, index=True)
    visitor = fields.Char(readonly=True, groups=fields.NO_ACCESS)

    _once = models.UniqueIndex("(article_id, version, visitor) WHERE visitor IS NOT NULL")
    _visitor_index = models.Index("(visitor, date) WHERE visitor IS NOT NULL")

    @api.model_create_multi
    def create(self, vals_list):
        self._check_own_way()
        return super().create(vals_list)

    def write(self, vals):
        self._check_own_way()
        return super().write(vals)

    def _check_own_way(self):
        """Let opinions come in by the pages only."""
        if not self.env.su:
            raise AccessError(self.env._("What visitors say is written by their pages only."))

    @api.model
    def _note(self, article, address, is_helpful, note):
        """Keep what a visitor thinks of the version in force, in place of what was said before.

        :return: False where too much comes at a time; nothing is kept then
        """
        # sudo: visitors have no right on the model
        opinions = self.sudo()
        visitor = opinions._hash(address)
        if is_flood(opinions._count(visitor)):
            return False
        text = note.replace("\x00", "").strip()[:MOST_SIGNS] if isinstance(note, str) else ""
        self.env.execute_query(
            SQL(
                """
                INSERT INTO crm_knowledge_public_opinion
                            (article_id, version, is_helpful, note, date, visitor)
                     VALUES (%s, %s, %s, %s, %s, %s)
                ON CONFLICT (article_id, version, visitor) WHERE visitor IS NOT NULL
                  DO UPDATE SET is_helpful = EXCLUDED.is_helpful,
                                note = COALESCE(EXCLUDED.note, crm_knowledge_public_opinion.note),
                                date = EXCLUDED.date
                  RETURNING id
                """,
                article.id,
                article.version,
                is_helpful,
                None if is_helpful else text or None,
                fields.Datetime.now(),
                visitor,
            )
        )
        opinions.invalidate_model()
        return True

    @api.model
    def _hash(self, address):
        return hmac(self.env, "crm_knowledge.visitor", address or "unknown")

    @api.model
    def _count(self, visitor):
        """Return how many opinions came in the last hour."""
        rows = self.env.execute_query(
            SQL(
                "SELECT count(*) FILTER (WHERE visitor = %s), count(*)"
                "  FROM crm_knowledge_public_opinion WHERE date > %s",
                visitor,
                fields.Datetime.now() - WINDOW,
            )
        )
        return Flood(*rows[0])

    @api.autovacuum
    def _gc_visitors(self):
        """Forget which visitor it was; what was said stays."""
        self.env.execute_query(
            SQL(
                "UPDATE crm_knowledge_public_opinion SET visitor = NULL"
                " WHERE visitor IS NOT NULL AND date < %s RETURNING 1",
                fields.Datetime.now() - FORGET,
            )
        )
