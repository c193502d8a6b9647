from . import crm_complaint_step_line

# isort: split
# the models below inherit from the one above
from . import (
    crm_complaint_process,
    crm_complaint_process_health,
    crm_complaint_role,
    crm_complaint_step,
    crm_complaint_step_check,
    crm_complaint_step_need,
)

# isort: split
from . import crm_complaint_task, crm_complaint_task_part

# isort: split
# what becomes of tasks, by meaning
from . import (
    crm_complaint_deviation,
    crm_complaint_task_access,
    crm_complaint_task_check,
    crm_complaint_task_deed,
    crm_complaint_task_event,
    crm_complaint_task_follow,
    crm_complaint_task_late,
    crm_complaint_task_need,
    crm_complaint_task_pass,
)

# isort: split
# the case: the gate stands before everything else
from . import crm_complaint_process_run

# isort: split
from . import (
    crm_complaint_own_task,
    crm_complaint_process_gate,
    crm_complaint_process_panel,
    ir_ui_menu,
    mail_activity,
)
