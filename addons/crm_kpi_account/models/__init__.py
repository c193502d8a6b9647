from . import crm_kpi_oddity
