from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class CrmSurveyFact(models.Model):
    """Results of anonymous surveys: counted in a page of their own, and read by nobody one by one.

    A rule of records closes them for everybody: lists, pivots, files and RPC see none of them.
    """

    _inherit = "crm.survey.fact"

    is_anonymous = fields.Boolean("Anonymous", readonly=True)

    @api.model
    def _prepare_columns(self):
        return {
            **super()._prepare_columns(),
            "is_anonymous": SQL("survey.is_anonymous IS TRUE"),
        }

    @api.model
    def _get_counted_domain(self):
        return super()._get_counted_domain() & Domain("is_anonymous", "!=", True)
