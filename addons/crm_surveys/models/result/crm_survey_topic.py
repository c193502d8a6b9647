from odoo import fields, models


class CrmSurveyTopic(models.Model):
    """What customers write about in their own words: a mark on an answer, to count and find it."""

    _name = "crm.survey.topic"
    _description = "Topic of Customers' Words"
    _order = "name, id"

    name = fields.Char(required=True, translate=True)
    color = fields.Integer(aggregator=None)
    active = fields.Boolean(default=True)

    _name_unique = models.Constraint("UNIQUE(name)", "This topic is there already.")
