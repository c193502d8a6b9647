"""What the screens show, and how it leaves the house: boards, own score, mails, files."""

from . import (
    crm_kpi_card_board,
    crm_kpi_card_digest,
    crm_kpi_card_own,
    crm_kpi_card_sheet,
    crm_kpi_engine_live,
)
