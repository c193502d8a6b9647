"""What a company sets for all its scorecards."""

from . import res_company, res_config_settings
