import json
from datetime import date, datetime

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import SQL, format_date, format_datetime
from odoo.tools.misc import formatLang

LOOKED_AT = 10
#: PostgreSQL's own guess of the work: what reads so much is worth a thought.
DEAR = 1_000_000


class CrmKpiMeasure(models.Model):
    """What a measure would count: seen while it is being defined, under the user's own rights."""

    _inherit = "crm.kpi.measure"

    preview = fields.Html(compute="_compute_preview", groups="crm_kpi.group_manager")

    @api.depends(
        "model_id",
        "domain",
        "has_archived",
        "aggregate",
        "value_field",
        "part_domain",
        "date_field",
        "start_field",
        "actor_path",
    )
    @api.depends_context("uid", "lang", "allowed_company_ids")
    def _compute_preview(self):
        for measure in self:
            measure.preview = measure._tell_preview() if measure.model_id else False

    def _tell_preview(self):
        """Return the latest rows, how many there are and what counting costs; or what is wrong."""
        self.ensure_one()
        if problem := self._find_problem():
            return Markup('<div class="text-warning">%s</div>') % problem
        documents = self._get_documents().with_context(active_test=False)
        query = documents._search(self._get_domain(), active_test=False)
        ((plan,),) = self.env.execute_query(SQL("EXPLAIN (FORMAT JSON) %s", query.select()))
        cost = (json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]["Total Cost"]
        rows = documents.search(
            self._get_domain(),
            order=f"{self.date_field.split('.')[0]} desc, id desc",
            limit=LOOKED_AT,
        )
        head = self.env._(
            "%(count)s documents that you may see. Work for the database: %(cost)s.",
            count=documents.search_count(self._get_domain()),
            cost=self.env._("much, condition without an index")
            if cost > DEAR
            else self.env._("little"),
        )
        titles = Markup("<tr><th>%s</th><th>%s</th><th>%s</th><th>%s</th></tr>") % (
            self.env._("Document"),
            self.env._("Day"),
            self.env._("Employee"),
            self.env._("Value"),
        )
        lines = titles + Markup().join(
            Markup("<tr><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>")
            % (row.display_name, *self._tell_row(row))
            for row in rows
        )
        return Markup(
            '<div><strong>%s</strong><table class="table table-sm mt-2">%s</table></div>'
        ) % (head, lines)

    def _tell_row(self, row):
        """Return day, employee and value of a document, in words."""
        paths = (self.date_field, self.actor_path, self.value_field)
        return [self._tell_value(row.mapped(path)) if path else "" for path in paths]

    def _tell_value(self, found):
        if isinstance(found, models.BaseModel):
            return ", ".join(found.mapped("display_name"))
        value = found[0] if found else ""
        if isinstance(value, datetime):
            return format_datetime(self.env, value)
        if isinstance(value, date):
            return format_date(self.env, value)
        return formatLang(self.env, value) if isinstance(value, float) else value
