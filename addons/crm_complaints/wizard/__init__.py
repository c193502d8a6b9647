from . import crm_complaint_decide, crm_complaint_phone
from . import crm_complaint_deviate, crm_complaint_task_ask
