from . import crm_kpi_romi
