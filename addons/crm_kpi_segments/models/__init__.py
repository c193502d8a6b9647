from . import crm_kpi_watch
