from . import crm_kpi_watch, res_partner
