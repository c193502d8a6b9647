from . import crm_complaint_cause_share

# isort: split
# these extend or refer to the models above
from . import (
    crm_complaint_category,
    crm_complaint_cause,
    crm_complaint_causes,
)
