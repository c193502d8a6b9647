"""Tasks passed from person to person, and who is responsible for a stage."""

from . import (
    crm_lead_assignment,
    crm_stage_duty,
    crm_standard_assignment,
    crm_standard_assignment_clock,
    crm_standard_assignment_deeds,
    crm_standard_assignment_event,
    crm_standard_assignment_follow,
    crm_standard_gate_follow,
    crm_standard_health_duty,
    crm_standard_stage_duty,
)
