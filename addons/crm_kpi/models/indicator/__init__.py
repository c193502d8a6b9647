"""What is aimed at: indicators over measures, and targets for people, teams and companies."""

from . import crm_kpi_indicator

# isort: split
from . import crm_kpi_indicator_formula, crm_kpi_target

# isort: split
from . import crm_kpi_target_version
