from . import (
    crm_deadline_absence,
    crm_deadline_reapply,
    crm_deadline_reapply_line,
)
