from . import crm_complaint_consent, crm_complaint_form_hit, res_company

# isort: split
# what a complaint can do for its customer; each extends crm.complaint
from . import (
    crm_complaint_form,
    crm_complaint_page,
    crm_complaint_page_deed,
    crm_complaint_page_file,
    crm_complaint_portal,
    crm_complaint_portal_mail,
    crm_complaint_quarantine_form,
    res_config_settings,
)
