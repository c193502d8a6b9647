"""The forecast against plan and reference funnel, at any moment, and how good it was."""

from . import crm_kpi_funnel, crm_kpi_funnel_step

# isort: split
from . import (
    crm_kpi_forecast,
    crm_kpi_forecast_settle,
    crm_kpi_funnel_draw,
    crm_kpi_funnel_job,
    crm_kpi_funnel_page,
    crm_kpi_funnel_reference,
    crm_kpi_funnel_stages,
    crm_kpi_incident_forecast,
    crm_kpi_watch_forecast,
)
