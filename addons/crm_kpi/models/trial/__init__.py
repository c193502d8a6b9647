"""What a score would be with more work done."""

from . import crm_kpi_trial
