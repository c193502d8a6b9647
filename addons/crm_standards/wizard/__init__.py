from . import (
    crm_standard_assignment_reason,
    crm_standard_best_path_wizard,
    crm_standard_dry_run_wizard,
    crm_standard_explain,
    crm_standard_handover_reason,
    crm_standard_health_problem,
    crm_standard_ready_set,
    crm_standard_ready_set_stage,
    crm_standard_verdict,
    crm_standard_version_refusal,
)
