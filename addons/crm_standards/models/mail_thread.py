from odoo import api, models

from ..origin import MAIL, unattended


class MailThread(models.AbstractModel):
    """Mail comes in with nobody at the screen."""

    _inherit = "mail.thread"

    @api.model
    def _message_route_process(self, message, message_dict, routes):
        """Let the gate know that a refusal would reach nobody.

        Here and not in ``message_new`` or ``message_update``, which anybody may call over RPC.
        """
        with unattended(MAIL):
            return super()._message_route_process(message, message_dict, routes)
