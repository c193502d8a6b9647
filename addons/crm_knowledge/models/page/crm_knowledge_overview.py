from datetime import timedelta
from functools import partial

from odoo import api, fields, models
from odoo.fields import Domain

from ...logic import lifecycle
from ...logic.reading import share
from ..reading.crm_knowledge_reading import CANCELLED, CONFIRMED
from ..reuse.crm_knowledge_use import USED

ARTICLE, READING = "crm.knowledge.article", "crm.knowledge.reading"
USE = "crm.knowledge.use"
BARS = 10
USED_LATELY = timedelta(days=30)
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
                    "id": "uses",
                    "name": self.env._("Used most in 30 days"),
                    "bars": self._get_uses(),
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
        """Return the figures on top, each with what it counts; none the viewer may not read."""
        return [
            {
                "id": tile_id,
                "name": name,
                "value": count,
                "model": model,
                "domain": list(domain),
                "is_bad": is_bad and bool(count),
            }
            for tile_id, name, model, domain, is_bad in self._get_figures()
            if self.env[model].has_access("read")
            for count in [self.env[model].search_count(domain)]
        ]

    @api.model
    def _get_figures(self):
        """Hook: return the figures on top: id, name, model, domain, whether any is one too many."""
        state = partial(Domain, "state", "=")
        now = fields.Datetime.now()
        in_force, late = self._get_in_force(), Domain("is_late", "=", True)
        used = self._get_used(now - USED_LATELY)
        unverified, waiting = state(lifecycle.TO_VERIFY), state(lifecycle.IN_REVIEW)
        forgotten = state(lifecycle.DRAFT) & Domain("write_date", "<", now - FORGOTTEN)
        return [
            ("in_force", self.env._("Articles in force"), ARTICLE, in_force, False),
            ("used", self.env._("Answers used in 30 days"), USE, used, False),
            ("gaps", self.env._("Gaps"), "crm.knowledge.gap", state("open"), True),
            ("unverified", self.env._("To be verified"), ARTICLE, unverified, True),
            ("waiting", self.env._("Waiting for review"), ARTICLE, waiting, True),
            ("forgotten", self.env._("Forgotten drafts"), ARTICLE, forgotten, False),
            ("flags", self.env._("Open flags"), "crm.knowledge.flag", state("open"), True),
            ("late", self.env._("Late readers"), READING, late, True),
        ]

    @api.model
    def _get_used(self, since):
        """Return the uses that count as reuse since a moment."""
        return Domain("state", "in", USED) & Domain("date", ">=", since)

    @api.model
    def _get_uses(self):
        """Return the answers that were used most, as a share of the first one."""
        domain = self._get_used(fields.Datetime.now() - USED_LATELY)
        rows = self.env[USE]._read_group(
            domain, ["article_id"], ["__count"], order="__count desc, article_id", limit=BARS
        )
        most = max((count for _article, count in rows), default=0)
        return [
            {
                "id": article.id,
                "name": article.name,
                "percent": share(count, most),
                "count": count,
                "label": str(count),
                "model": USE,
                "domain": list(domain & Domain("article_id", "=", article.id)),
            }
            for article, count in rows
        ]

    @api.model
    def _get_freshness(self):
        """Return for each category how much of what is in force was verified in time."""
        in_force = self._get_in_force()
        rows = self.env[ARTICLE]._read_group(in_force, ["category_id", "state"], ["__count"])
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
                "label": f"{share(fresh, whole)} %",
                "model": ARTICLE,
                "domain": list(in_force & Domain("category_id", "=", category.id)),
            }
            for category, (whole, fresh) in counts.items()
        ]
        return sorted(bars, key=lambda bar: (bar["percent"], -bar["count"]))[:BARS]

    @api.model
    def _get_confirmations(self):
        """Return for each article to confirm how many of those asked have confirmed."""
        domain = Domain("state", "!=", CANCELLED) & Domain("version_id.date_end", "=", False)
        rows = self.env[READING]._read_group(domain, ["article_id", "state"], ["__count"])
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
                "label": f"{share(done, whole)} %",
                "model": READING,
                "domain": list(domain & Domain("article_id", "=", article.id)),
            }
            for article, (whole, done) in counts.items()
        ]
        return sorted(bars, key=lambda bar: (bar["percent"], -bar["count"]))[:BARS]
