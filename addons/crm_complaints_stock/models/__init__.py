from . import (
    crm_complaint,
    crm_complaint_action,
    crm_complaint_compensation,
    crm_complaint_compensation_transfers,
    crm_complaint_incident,
    crm_complaint_report,
    crm_complaint_report_cause,
    stock_lot,
    stock_picking,
)
