from odoo import api, models


class CrmComplaint(models.Model):
    """Whoever becomes the leader of somebody later must not see the confidential complaints either.

    The record rules hide them at once. Here is taken away what he had got before: followed
    documents, activities, tasks, and the complaint itself where he was responsible for it.
    """

    _inherit = "crm.complaint"

    @api.model
    def _shut_out_leaders(self, leaders):
        """Take from new leaders and superiors what they must not know of their people."""
        if not leaders:
            return
        # sudo: whose leader somebody becomes is not said by those who see the complaints
        complaints = self.sudo().with_context(active_test=False)
        complaints.flush_model(["hidden_user_ids"])  # a search alone does not wait for it
        complaints = complaints.search(
            [("is_confidential", "=", True), ("hidden_user_ids", "in", leaders.ids)]
        )
        for complaint in complaints.filtered(lambda c: c.user_id in c.hidden_user_ids):
            complaint.user_id = False
            complaint._message_log(
                body=self.env._(
                    "In nobody's hands: whoever was responsible leads somebody it is about."
                )
            )
        complaints._shut_out_hidden()
