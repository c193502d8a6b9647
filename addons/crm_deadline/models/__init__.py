from . import crm_deadline_sealed

# isort: split
# the models below inherit from the sealed one, which therefore is loaded first
from . import (
    crm_deadline_clock,
    crm_deadline_clock_access,
    crm_deadline_clock_ledger,
    crm_deadline_clock_start,
    crm_deadline_clock_sweep,
    crm_deadline_event,
    crm_deadline_mixin,
    crm_deadline_policy,
    res_users,
    resource_calendar,
)
