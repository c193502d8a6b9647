from datetime import datetime, time, timedelta
from typing import NamedTuple

import pytz

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ...logic import result_filters as logic


class Dimension(NamedTuple):
    """What results are split and filtered by: a field of the fact, and its kind of value."""

    field: str
    kind: type


class CrmSurveyResult(models.AbstractModel):
    """The facts that are asked for, and by what they can be split."""

    _inherit = "crm.survey.result"

    @api.model
    def _get_dimensions(self):
        """Hook: return the dimensions by name, in the order of the page.

        A field of ``crm.survey.fact`` that is stored: a link, a selection or a text. Where an
        invitation has a field of the same name, the funnel obeys the filter too.
        """
        return {
            "user": Dimension("user_id", int),
            "team": Dimension("team_id", int),
            "survey": Dimension("survey_id", int),
            "document": Dimension("res_model", str),
            "trigger": Dimension("trigger_id", int),
            "product": Dimension("product_id", int),
            "category": Dimension("product_category_id", int),
            "channel": Dimension("channel", str),
            "mode": Dimension("mode", str),
            "interviewer": Dimension("interviewer_id", int),
        }

    @api.model
    def _read_filters(self, raw):
        """Return filters given over RPC, or say which of them is wrong."""
        kinds = {name: one.kind for name, one in self._get_dimensions().items()} | {
            "tag": int,
            "topic": int,
            "reason": int,
        }
        today = fields.Date.context_today(self)
        try:
            return logic.read_filters(raw, today, kinds)
        except logic.FilterError as error:
            raise UserError(
                self.env._(
                    "This filter of the results is not understood: %(name)s. Reload the page "
                    "and choose it again.",
                    name=error.args[0],
                )
            ) from None

    @api.model
    def _as_values(self, asked, metric):
        """Return the filters as the page sends them, with what was filled in."""
        return {
            "metric": metric,
            "days": asked.days or False,
            "start": fields.Date.to_string(asked.start),
            "end": fields.Date.to_string(asked.end),
            "comparison": asked.comparison,
            "wave": asked.wave or False,
            "text": asked.text,
            **asked.picks,
        }

    @api.model
    def _get_domain(self, asked, model="crm.survey.fact", date_field="date"):
        """Return the domain of the facts that are asked for and count, or of the invitations."""
        domain = self._get_asked_domain(asked, model, date_field)
        if model == "crm.survey.fact":
            domain &= self.env[model]._get_counted_domain()
        return domain

    @api.model
    def _get_asked_domain(self, asked, model="crm.survey.fact", date_field="date"):
        """Hook: return the domain of what is asked for, whether it counts or not."""
        domain = Domain(date_field, ">=", self._get_moment(asked.start))
        domain &= Domain(date_field, "<", self._get_moment(asked.end + timedelta(days=1)))
        names = self._get_dimensions()
        known = self.env[model]._fields
        for name, value in asked.picks.items():
            if name == "tag":
                domain &= self._get_tag_domain(value)
            elif name == "topic":
                domain &= Domain("topic_ids", "in", [value])
            elif name == "reason":
                domain &= Domain("reason_ids", "in", [value])
            elif names[name].field in known:
                domain &= Domain(names[name].field, "=", value)
        return domain

    @api.model
    def _get_tag_domain(self, tag_id):
        """A customer is of a segment by his own tags, or by those of his company."""
        return Domain("partner_id.category_id", "in", [tag_id]) | Domain(
            "commercial_partner_id.category_id", "in", [tag_id]
        )

    @api.model
    def _get_moment(self, day):
        """Return when a day of the viewer begins, in UTC."""
        start = datetime.combine(day, time.min)
        return self.env.tz.localize(start).astimezone(pytz.utc).replace(tzinfo=None)

    @api.model
    def _get_fact_query(self, asked, **columns):
        """Return the SELECT of the facts that are asked for, under the viewer's record rules.

        ``columns`` are functions that make an expression of the table's name, by alias. Without
        filters: of all facts the viewer may read.
        """
        facts = self.env["crm.survey.fact"]
        facts.flush_model()
        query = facts._search(self._get_domain(asked) if asked else Domain.TRUE)
        return query.select(
            *(
                SQL("%s AS %s", make(query.table), SQL.identifier(alias))
                for alias, make in columns.items()
            )
        )

    @api.model
    def _column(self, name):
        """Return what ``_get_fact_query`` needs to fetch a field as it is."""
        return lambda table: SQL.identifier(table, name)
