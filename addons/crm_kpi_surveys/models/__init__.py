from . import crm_kpi_measure
