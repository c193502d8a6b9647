from . import (
    crm_lead_lost,
    crm_standard_health_problem,
    crm_standard_ready_set,
    crm_standard_ready_set_stage,
    mail_activity_schedule,
    mail_compose_message,
)
