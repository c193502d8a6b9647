from . import (
    crm_complaint,
    crm_complaint_action,
    crm_complaint_assignment,
    crm_complaint_profile,
    crm_complaint_report,
    sale_order,
)
