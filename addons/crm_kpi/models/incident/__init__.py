"""Incidents: what is not as it should be, with an owner, a term, a cause and an end."""

from . import crm_kpi_watch

# isort: split
from . import (
    crm_kpi_incident,
    crm_kpi_incident_close,
    crm_kpi_incident_page,
    crm_kpi_watch_find,
    crm_kpi_watch_job,
    crm_kpi_watch_silent,
)
