from . import crm_complaint_decide, crm_complaint_phone
