from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL

from .statement import Statement

#: Of so many days on, a statement is not narrowed to days: the condition would be too long.
MANY_DAYS = 400


class CrmKpiEngine(models.AbstractModel):
    """From a figure back to the documents it was counted from."""

    _inherit = "crm.kpi.engine"

    @api.model
    def _find_documents(self, measure, first, last, company, subject=None):
        """Return ids of documents a measure counts in a time, by the statement that counts facts.

        :param subject: an employee or a team; without one, all of the company
        """
        engine = self.sudo()  # who may read them is asked by whoever shows them
        measure = measure.sudo()  # as above
        engine.env.flush_all()
        engine._spare_compiling()
        count = (last - first).days + 1
        days = [first + timedelta(days=n) for n in range(count)] if count < MANY_DAYS else None
        statement = Statement(
            measure, engine._prepare_firms(measure), days, engine._get_main_company_id()
        )
        where = SQL("company_id = %s", company.id)
        if subject is not None and subject._name != company._name:
            name = "user_id" if subject._name == "res.users" else "team_id"
            where = SQL("%s AND %s = %s", where, SQL.identifier(name), subject.id)
        rows = engine.env.execute_query(statement.documents(first, last, where))
        return [number for (number,) in rows]
