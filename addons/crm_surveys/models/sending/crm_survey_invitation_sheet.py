import base64

from reportlab.graphics import renderSVG
from reportlab.graphics.barcode import createBarcodeDrawing

from odoo import models
from odoo.exceptions import AccessError, UserError

from ...logic import invitation as logic
from ..survey.survey_survey import MANAGER


def draw_code(address):
    """Return an address as a code for cameras: the address of an image.

    Drawn as lines, which stay sharp on paper and need no library for pictures.
    """
    code = createBarcodeDrawing("QR", value=address, width=140, height=140)
    image = base64.b64encode(renderSVG.drawToString(code).encode())
    return f"data:image/svg+xml;base64,{image.decode()}"


class CrmSurveyInvitation(models.Model):
    """Invitations on paper: a sheet with the questions, and a code for the camera."""

    _inherit = "crm.survey.invitation"

    def _get_answer_code(self):
        """Return the customer's own link as a code for cameras."""
        return draw_code(self._get_answer_url())

    def action_print_sheet(self):
        """Print the sheets of these, each with the customer's own link.

        For managers only: whoever has the sheet can answer for the customer.
        """
        if not self.env.user.has_group(MANAGER):
            raise AccessError(
                self.env._("Sheets hold the links of customers: a manager of surveys prints them.")
            )
        self.check_access("read")
        open_ones = self.filtered(lambda one: one.state not in logic.ENDED)
        # sudo: invitations are moved on by the system only; the group was checked above
        ready = open_ones.sudo()._drop_obstructed()
        if not ready:
            raise UserError(
                self.env._(
                    "None of these can be asked any more. Choose invitations that are not finished."
                )
            )
        ready._prepare_responses()
        # by another channel it is still to be sent: the sheet comes on top
        ready.filtered(lambda one: one.channel in ("print", "link"))._move(logic.SENT)
        report = self.env.ref("crm_surveys.crm_survey_sheet_report")
        return report.report_action(ready.ids, config=False)
