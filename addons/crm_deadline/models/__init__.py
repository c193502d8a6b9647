from . import crm_deadline_entry, crm_deadline_sealed

# isort: split
# the models below inherit from the two above, and those of the clock and policy from their first
from . import (
    crm_deadline_clock,
    crm_deadline_event,
    crm_deadline_mixin,
    crm_deadline_notice,
    crm_deadline_policy,
    crm_deadline_policy_version,
    crm_deadline_reapply_job,
    crm_deadline_segment,
    crm_deadline_step,
    res_users,
    resource_calendar,
    resource_calendar_leaves,
)

# isort: split
from . import (
    crm_deadline_clock_access,
    crm_deadline_clock_ladder,
    crm_deadline_clock_ledger,
    crm_deadline_clock_people,
    crm_deadline_clock_reapply,
    crm_deadline_clock_start,
    crm_deadline_clock_sweep,
    crm_deadline_clock_text,
    crm_deadline_notice_deed,
    crm_deadline_notice_delivery,
    crm_deadline_policy_health,
    crm_deadline_policy_history,
    crm_deadline_policy_ladder,
)
