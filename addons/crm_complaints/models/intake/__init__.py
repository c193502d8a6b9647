from . import (
    crm_complaint_gateway,
    crm_complaint_mail,
    crm_complaint_mailbox,
    crm_complaint_quarantine,
    crm_complaint_quarantine_deed,
)

# isort: split
# each extends a model above or the complaint, by meaning
from . import (
    crm_complaint_by_mail,
    crm_complaint_gateway_text,
    crm_complaint_import,
    crm_complaint_origin,
    crm_complaint_quarantine_decisions,
    crm_complaint_receipt,
    crm_complaint_reply,
    ir_http,
    res_config_settings,
    res_partner,
)
