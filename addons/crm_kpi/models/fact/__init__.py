"""What was counted, and what the add-on remembers in order to count the same again."""

from . import crm_kpi_source

# isort: split
from . import crm_kpi_dirty, crm_kpi_fact, crm_kpi_owner_log, crm_kpi_trace
