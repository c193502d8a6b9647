"""Looking for what has changed, and counting it: one statement for each source."""

from . import crm_kpi_engine

# isort: split
from . import (
    crm_kpi_engine_count,
    crm_kpi_engine_documents,
    crm_kpi_engine_look,
    crm_kpi_measure_engine,
    crm_lead,
)
