from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from ..survey.survey_user_input import LARGEST

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
        topics = self._read_topics(topic_ids)
        # sudo: facts are sealed for everybody; rights and the role are checked above
        self.sudo()._sealed_write({"topic_ids": [Command.set(topics.ids)]})
        return True

    def _read_topics(self, topic_ids):
        """Return the topics of ids given over RPC, all of them there."""
        topics = self.env["crm.survey.topic"]
        if isinstance(topic_ids, list) and all(
            type(topic_id) is int and 0 < topic_id <= LARGEST for topic_id in topic_ids
        ):
            topics = topics.browse(dict.fromkeys(topic_ids))
            if topics.exists() == topics:
                return topics
        raise UserError(self.env._("Choose topics from the list."))
