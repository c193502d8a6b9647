from . import (
    crm_complaint,
    crm_complaint_cause,
    crm_complaint_cause_share,
    crm_complaint_report_cause,
    crm_complaint_task,
    crm_standard,
    crm_standard_rule,
    crm_standard_version,
    crm_standard_violation,
    crm_standard_violation_end,
    crm_standard_violation_missed,
    crm_standard_violation_secret,
)
