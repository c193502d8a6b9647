from . import crm_complaint_deviate, crm_complaint_task_ask
