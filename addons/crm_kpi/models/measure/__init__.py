"""What is measured, as data: source, condition, aggregate, day and person."""

from . import crm_kpi_measure

# isort: split
from . import crm_kpi_measure_check, crm_kpi_measure_preview, crm_kpi_measure_reach
