from odoo import models

#: Where the compiled template is kept while a batch is rendered.
KEPT = "crm_survey_compiled"


class CrmSurveyQweb(models.AbstractModel):
    """QWeb that compiles the text of a mail once for all its recipients.

    Core compiles it for each of them, which takes most of the time. Each recipient is rendered
    on its own nevertheless: a value set for one is not seen by the next.
    """

    _name = "crm.survey.qweb"
    _description = "Mails of Surveys"
    _inherit = ["ir.qweb"]

    def _compile(self, template):
        kept = self.env.context.get(KEPT)
        if kept is None or not hasattr(template, "tag"):
            return super()._compile(template)
        if "compiled" not in kept:
            kept["compiled"] = super()._compile(template)
        return kept["compiled"]
