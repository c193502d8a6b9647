from . import (
    crm_lead,
    crm_standard,
    crm_standard_gate,
    crm_standard_readiness,
    crm_standard_refusal,
    crm_standard_rule,
    crm_standard_time_limit,
    crm_standard_transition,
    crm_standard_violation,
    ir_actions_server,
)
