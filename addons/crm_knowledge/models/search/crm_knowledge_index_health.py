from odoo import api, models
from odoo.tools import SQL

from ...morphology import missing_libraries


class CrmKnowledgeIndex(models.Model):
    """What search lacks here, and how to mend it; it works without."""

    _inherit = "crm.knowledge.index"

    @api.model
    def _get_shortcomings(self):
        """Return in plain words what is degraded on this installation."""
        missing, found = missing_libraries(), []
        if "pymorphy3" in missing:
            found.append(
                self.env._(
                    "Russian words are found by their stems only (скидка does not find скидок):"
                    " install the Python packages pymorphy3 and pymorphy3-dicts-ru."
                )
            )
        if "simplemma" in missing:
            found.append(
                self.env._(
                    "English words are found by their stems only (go does not find went): install"
                    " the Python package simplemma."
                )
            )
        if "snowballstemmer" in missing:
            found.append(
                self.env._(
                    "Words that no dictionary has are found only as they are written: install the"
                    " Python package snowballstemmer."
                )
            )
        return found + self._get_database_shortcomings()

    @api.model
    def _get_database_shortcomings(self):
        """Return what the database lacks. Search by words needs none of it, other lists do."""
        [(ctype, extensions, unread)] = self.env.execute_query(
            SQL(
                """
                SELECT datctype,
                       (SELECT array_agg(extname::text) FROM pg_extension),
                       (SELECT COUNT(*) %s)
                  FROM pg_database WHERE datname = current_database()
                """,
                self._unread(),
            )
        )
        found = []
        if ctype in ("C", "POSIX"):
            found.append(
                self.env._(
                    "The database was made with LC_CTYPE %(ctype)s: filters of lists take capital"
                    " and small letters for different ones outside English, and trigrams know no"
                    " Russian. Search by words is not concerned. Restore a backup into a database"
                    " made with C.UTF-8.",
                    ctype=ctype,
                )
            )
        found += [
            self.env._(
                "The database lacks the extension %(name)s: filters of lists on titles are slower"
                " or stricter. Search by words is not concerned. The owner of the database mends"
                " it with: CREATE EXTENSION %(name)s",
                name=name,
            )
            for name in ("pg_trgm", "unaccent")
            if name not in extensions
        ]
        if unread:
            found.append(
                self.env._(
                    "%(count)s articles are still to be read for the search; the scheduled job"
                    " “Knowledge: read articles for the search” does it in the background.",
                    count=unread,
                )
            )
        return found
