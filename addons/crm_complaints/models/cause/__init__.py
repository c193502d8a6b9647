from . import (
    crm_complaint_action,
    crm_complaint_cause_share,
    crm_complaint_effect_check,
    crm_complaint_suspect,
    crm_complaint_why,
)

# isort: split
# these extend or refer to the models above
from . import (
    crm_complaint_action_deed,
    crm_complaint_action_effect,
    crm_complaint_action_secret,
    crm_complaint_category,
    crm_complaint_cause,
    crm_complaint_causes,
    crm_complaint_eight_d,
    crm_complaint_investigation,
    mail_activity,
    mail_followers,
)
