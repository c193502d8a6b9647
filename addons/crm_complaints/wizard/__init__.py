from . import (
    crm_complaint_anonymize,
    crm_complaint_answer,
    crm_complaint_answer_line,
    crm_complaint_call,
    crm_complaint_compensation_end,
    crm_complaint_consent_entry,
    crm_complaint_decide,
    crm_complaint_decision_take,
    crm_complaint_decision_take_line,
    crm_complaint_deviate,
    crm_complaint_half_year,
    crm_complaint_merge_wizard,
    crm_complaint_person_export,
    crm_complaint_phone,
    crm_complaint_reply,
    crm_complaint_split_wizard,
    crm_complaint_take_over,
    crm_complaint_task_ask,
)

# isort: split
from . import crm_complaint_phone_similar
