"""What a company sets for all its scorecards."""

from . import crm_kpi_whose, res_company, res_config_settings
