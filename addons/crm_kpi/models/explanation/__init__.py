"""How a score came about, and what would have to be done for a better one."""

from . import crm_kpi_explanation, crm_kpi_explanation_line, crm_kpi_explanation_measure

# isort: split
from . import crm_kpi_card_explanation, crm_kpi_result_explanation
