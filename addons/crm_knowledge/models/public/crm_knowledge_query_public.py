from odoo import api, fields, models
from odoo.tools import SQL, hmac

from ...logic.gaps import is_hit, make_key
from ...logic.public import Flood, is_flood, plain_question


class CrmKnowledgeQuery(models.Model):
    """What visitors have asked the pages in vain.

    What the pages answer is not kept. A visitor is a keyed hash that is another one every day and
    is forgotten on the next: enough to count a question once, and to set a limit.
    """

    _inherit = "crm.knowledge.query"

    visitor = fields.Char(readonly=True, help="A fingerprint of who asked the pages, for a day.")

    _visitor_idx = models.Index("(date, visitor) WHERE visitor IS NOT NULL")

    @api.model
    def _note_public(self, text, address):
        """Keep what a visitor has asked if the pages have no answer; nothing of a flood.

        :param text: what came from outside, of any kind
        """
        # sudo: visitors have no right on articles; the domain of the pages is all they get
        articles = self.env["crm.knowledge.article"].sudo()
        plain = self._make_anonymous(plain_question(text))
        query = articles._read_query(plain)
        key = make_key(query.groups)
        if not key:
            return
        # sudo: nobody has a right to the log
        log = self.sudo()
        visitor = log._hash_visitor(address)
        if log._is_too_much(visitor, key):
            return
        hits = articles._find(query, 1, articles._get_public_domain()).hits
        if hits and is_hit(query.groups, hits[0].groups):
            return
        log.create(
            {
                "text": plain,
                "key": key,
                "date": fields.Date.today(),
                "company_id": self.env.company.id,
                "visitor": visitor,
            }
        )

    @api.model
    def _hash_visitor(self, address):
        return hmac(
            self.env, "crm_knowledge.asked", f"{address or 'unknown'} {fields.Date.today()}"
        )

    @api.model
    def _is_too_much(self, visitor, key):
        """Whether the visitor has asked this today already, or too much of anything was asked."""
        self.flush_model()
        of_visitor, of_all, same = self.env.execute_query(
            SQL(
                "SELECT count(*) FILTER (WHERE visitor = %(visitor)s), count(*),"
                "       count(*) FILTER (WHERE visitor = %(visitor)s AND key = %(key)s)"
                "  FROM crm_knowledge_query WHERE date = %(today)s AND visitor IS NOT NULL",
                visitor=visitor,
                key=key,
                today=fields.Date.today(),
            )
        )[0]
        return bool(same) or is_flood(Flood(of_visitor, of_all))

    @api.autovacuum
    def _gc_visitors(self):
        """Forget which visitor it was; what was asked stays."""
        self.env.execute_query(
            SQL(
                "UPDATE crm_knowledge_query SET visitor = NULL"
                " WHERE visitor IS NOT NULL AND date < %s RETURNING id",
                fields.Date.today(),
            )
        )
        self.invalidate_model()
