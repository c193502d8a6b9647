from . import (
    crm_standard_health_problem,
    crm_standard_ready_set,
    crm_standard_ready_set_stage,
)
from . import crm_lead_lost, mail_activity_schedule, mail_compose_message
