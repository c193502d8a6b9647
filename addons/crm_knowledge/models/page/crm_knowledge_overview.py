from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ...logic import lifecycle
from ...logic.reading import share
from ..reading.crm_knowledge_reading import CANCELLED, CONFIRMED

BARS = 10
FORGOTTEN = timedelta(days=30)  # a draft nobody has written on for so long


class CrmKnowledgeOverview(models.AbstractModel):
    """Whether the knowledge base is alive, under the rights of the viewer.

    Each figure comes with what it counts, so that a click opens it. How many articles somebody
    writes is no figure here: it would be reached, and nobody would be helped.
    """

    _name = "crm.knowledge.overview"
    _description = "State of the Knowledge Base"

    @api.model
    @api.readonly
    def get_overview(self):
        """Return tiles, and bars by category and by article to confirm."""
        return {
            "tiles": self._get_tiles(),
            "charts": [
                {
                    "id": "freshness",
                    "name": self.env._("Verified in time, by category"),
                    "bars": self._get_freshness(),
                },
                {
                    "id": "reading",
                    "name": self.env._("Confirmed, by article"),
                    "bars": self._get_confirmations(),
                },
            ],
        }

    @api.model
    def _get_in_force(self):
        in_force = Domain("state", "in", sorted(lifecycle.IN_FORCE))
        return in_force & Domain("revision_of_id", "=", False)

    @api.model
    def _get_tiles(self):
        """Hook: return the figures on top: ``id``, ``name``, ``value``, ``model``, ``domain``."""
        article, in_force = "crm.knowledge.article", self._get_in_force()
        unverified = in_force & Domain("state", "=", lifecycle.TO_VERIFY)
        forgotten = Domain("state", "=", lifecycle.DRAFT) & Domain(
            "write_date", "<", fields.Datetime.now() - FORGOTTEN
        )
        waiting = Domain("state", "=", lifecycle.IN_REVIEW)
        late = Domain("is_late", "=", True)
        opened = Domain("state", "=", "open")
        reading, flag = "crm.knowledge.reading", "crm.knowledge.flag"
        return [
            self._make_tile("in_force", self.env._("Articles in force"), article, in_force),
            self._make_tile("unverified", self.env._("To be verified"), article, unverified, True),
            self._make_tile("waiting", self.env._("Waiting for review"), article, waiting, True),
            self._make_tile("forgotten", self.env._("Forgotten drafts"), article, forgotten),
            self._make_tile("flags", self.env._("Open flags"), flag, opened, True),
            self._make_tile("late", self.env._("Late readers"), reading, late, True),
        ]

    @api.model
    def _make_tile(self, tile_id, name, model, domain, is_bad=False):
        count = self.env[model].search_count(domain)
        return {
            "id": tile_id,
            "name": name,
            "value": count,
            "model": model,
            "domain": list(domain),
            "is_bad": is_bad and bool(count),
        }

    @api.model
    def _get_freshness(self):
        """Return for each category how much of what is in force was verified in time."""
        in_force = self._get_in_force()
        rows = self.env["crm.knowledge.article"]._read_group(
            in_force, ["category_id", "state"], ["__count"]
        )
        counts = {}
        for category, state, count in rows:
            whole, fresh = counts.get(category, (0, 0))
            is_fresh = state == lifecycle.PUBLISHED
            counts[category] = (whole + count, fresh + count * is_fresh)
        bars = [
            {
                "id": category.id,
                "name": category.sudo().name,  # sudo: the category of articles one reads
                "percent": share(fresh, whole),
                "count": whole,
                "model": "crm.knowledge.article",
                "domain": list(in_force & Domain("category_id", "=", category.id)),
            }
            for category, (whole, fresh) in counts.items()
        ]
        return sorted(bars, key=lambda bar: (bar["percent"], -bar["count"]))[:BARS]

    @api.model
    def _get_confirmations(self):
        """Return for each article to confirm how many of those asked have confirmed."""
        domain = Domain("state", "!=", CANCELLED) & Domain("version_id.date_end", "=", False)
        rows = self.env["crm.knowledge.reading"]._read_group(
            domain, ["article_id", "state"], ["__count"]
        )
        counts = {}
        for article, state, count in rows:
            whole, done = counts.get(article, (0, 0))
            counts[article] = (whole + count, done + count * (state == CONFIRMED))
        bars = [
            {
                "id": article.id,
                "name": article.name,
                "percent": share(done, whole),
                "count": whole,
                "model": "crm.knowledge.reading",
                "domain": list(domain & Domain("article_id", "=", article.id)),
            }
            for article, (whole, done) in counts.items()
        ]
        return sorted(bars, key=lambda bar: (bar["percent"], -bar["count"]))[:BARS]
