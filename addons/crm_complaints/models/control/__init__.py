"""What the figures say: report, overview, signals, incidents, customers."""

from . import (
    crm_complaint_health,
    crm_complaint_incident,
    crm_complaint_incident_watch,
    crm_complaint_overview,
    crm_complaint_overview_alarms,
    crm_complaint_profile,
    crm_complaint_readable,
    crm_complaint_report,
    crm_complaint_report_cause,
    crm_complaint_signal,
    crm_team,
    res_company,
    res_config_settings,
    res_partner,
)
