from . import crm_complaint_decide
