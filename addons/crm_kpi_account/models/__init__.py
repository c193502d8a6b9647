from . import account_move, crm_kpi_oddity
