from . import crm_standard_health_problem
