from . import (
    account_move,
    account_move_credit,
    crm_complaint,
    crm_complaint_compensation,
    crm_complaint_compensation_credit,
    crm_complaint_debt,
    crm_complaint_profile,
    crm_complaint_report,
    res_company,
    res_config_settings,
)
