from . import crm_complaint_answer, crm_complaint_answer_line, crm_complaint_call
