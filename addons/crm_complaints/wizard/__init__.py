from . import (
    crm_complaint_answer,
    crm_complaint_answer_line,
    crm_complaint_call,
    crm_complaint_decide,
    crm_complaint_deviate,
    crm_complaint_phone,
    crm_complaint_task_ask,
)
from . import crm_complaint_merge_wizard, crm_complaint_split_wizard
