from . import crm_complaint_phone
