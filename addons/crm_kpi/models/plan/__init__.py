"""Targets in number: a year spread over months, copied to another period, read from a table."""

from . import crm_kpi_indicator_plan, crm_kpi_target_plan

# isort: split
from . import (
    crm_kpi_target_copy,
    crm_kpi_target_import,
    crm_kpi_target_import_template,
    crm_kpi_target_spread,
    crm_kpi_target_spread_line,
)
