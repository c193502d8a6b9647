from . import (
    crm_complaint_answer,
    crm_complaint_answer_line,
    crm_complaint_call,
    crm_complaint_decide,
    crm_complaint_deviate,
    crm_complaint_phone,
    crm_complaint_task_ask,
    crm_complaint_anonymize,
    crm_complaint_half_year,
    crm_complaint_person_export,
    crm_complaint_take_over,
)
