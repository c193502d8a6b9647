from odoo.exceptions import AccessError, MissingError
from odoo.http import Controller, content_disposition, request, route

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class BoardController(Controller):
    """The board as a file: the same rights as on the screen."""

    @route("/crm_kpi/board/<int:card_id>/<int:back>.xlsx", type="http", auth="user", readonly=True)
    def download_board(self, card_id, back):
        """Return the standing of a period as a spreadsheet."""
        card = request.env["crm.kpi.card"].browse(card_id)
        if not card_id:  # no number of a record: nothing would be checked
            raise request.not_found()
        try:
            card.check_access("read")
            content = card._make_sheet(back)
        except (AccessError, MissingError) as error:
            raise request.not_found() from error
        return request.make_response(
            content,
            [
                ("Content-Type", XLSX),
                ("Content-Disposition", content_disposition(f"{card.name}.xlsx")),
            ],
        )
