"""Closing: results of a period are frozen with a digest, what comes later is told beside."""

from . import crm_kpi_closing, crm_kpi_result, crm_kpi_result_line

# isort: split
from . import crm_kpi_restatement

# isort: split
from . import (
    crm_kpi_card_closing,
    crm_kpi_card_freeze,
    crm_kpi_closing_late,
    crm_kpi_closing_proof,
)
