from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

LEADER = "crm_surveys.group_leader"


class CrmSurveyFact(models.Model):
    """The topics of a customer's words. They order texts and judge nobody: no figure has them."""

    _inherit = "crm.survey.fact"

    topic_ids = fields.Many2many("crm.survey.topic", string="Topics", readonly=True)

    def action_set_topics(self, topic_ids):
        """Put the answers under these topics and no others; for leaders, on what they may read."""
        self.check_access("read")
        if not self.env.user.has_group(LEADER):
            raise AccessError(self.env._("Topics are given by leaders of teams and by managers."))
        is_list = isinstance(topic_ids, list)
        if not is_list or not all(type(topic_id) is int for topic_id in topic_ids):
            raise UserError(self.env._("Choose topics from the list."))
        topics = self.env["crm.survey.topic"].browse(topic_ids).exists()
        # sudo: facts are sealed for everybody; rights and the role are checked above
        self.sudo()._sealed_write({"topic_ids": [Command.set(topics.ids)]})
        return True
