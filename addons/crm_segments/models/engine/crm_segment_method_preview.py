from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_date
from odoo.tools.misc import formatLang

from ..method.crm_segment_method import DOMAIN, MEANING


class CrmSegmentMethod(models.Model):
    """What a method would make of today's customers: seen before anything is written."""

    _inherit = "crm.segment.method"

    preview = fields.Html(compute="_compute_preview", groups="crm_segments.group_manager")

    @api.depends(*MEANING, "state", "is_redefined", "date_counted")
    @api.depends_context("lang")
    def _compute_preview(self):
        for method in self:
            # while it is being edited, the figures of each keystroke would cost a scan each
            method.preview = (
                method._tell_preview() if method._origin == method else method._tell_wait()
            )

    def _tell_wait(self):
        return Markup('<span class="text-muted">%s</span>') % self.env._(
            "Save the method to see how many customers each class would have."
        )

    def _tell_preview(self):
        """Return how many customers each class would have; or what is wrong."""
        self.ensure_one()
        try:
            found = self._find_problem()
            rows = {} if found else self._get_counts()
        except UserError as error:
            found = str(error)
        if found:
            return Markup('<div class="text-warning">%s</div>') % found
        head = Markup("<tr><th>%s</th>%s%s%s</tr>") % (
            self.env._("Class"),
            *map(
                self._cell,
                (self.env._("Customers"), self.env._("Sum"), self.env._("Smallest")),
            ),
        )
        lines = head + Markup().join(
            Markup("<tr><td>%s</td>%s%s%s</tr>")
            % (segment.name, *map(self._cell, self._tell_row(rows.get(segment.code))))
            for segment in self.segment_ids
        )
        return Markup('<strong>%s</strong><table class="table table-sm mt-2">%s</table>') % (
            self._tell_days(),
            lines,
        )

    def _cell(self, text):
        return Markup('<td class="text-end">%s</td>') % text

    def _get_counts(self):
        """Return number, sum and least amount by code: as stored, unless that is outdated."""
        if self.state != "running" or self.is_redefined:
            return self._count_classes()
        rows = self.env["crm.segment.membership"]._read_group(
            [("method_id", "=", self.id)], ["segment_id"], ["__count", "amount:sum", "amount:min"]
        )
        return {segment.code: figures for segment, *figures in rows}

    def _count_classes(self):
        """Return number, sum and least amount by code of class, from the documents."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                "WITH %s SELECT code, COUNT(*), SUM(amount), MIN(amount) FROM verdict GROUP BY 1",
                self._get_verdict(),
            )
        )
        return {code: figures for code, *figures in rows}

    def _tell_row(self, row):
        number, *amounts = row or (0, 0, None)
        return [
            str(number),
            *(
                ""
                if amount is None
                else formatLang(self.env, amount, currency_obj=self.currency_id)
                for amount in amounts
            ),
        ]

    def _tell_days(self):
        """Return which days count, in words."""
        if self.kind == DOMAIN:
            return self.env._("As of now")
        window = self._get_window()
        last = fields.Date.subtract(window.end, days=1)
        return self.env._(
            "From %(first)s to %(last)s",
            first=format_date(self.env, window.first),
            last=format_date(self.env, last),
        )
