"""Days on which employees were in the system."""

from . import crm_kpi_engine_presence, crm_kpi_presence
