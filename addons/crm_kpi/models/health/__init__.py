"""What cannot be counted, by name, and whether the job is at work."""

from . import crm_kpi_health
