"""Contacts with customers: norms, limits, overdue communications."""

from . import (
    calendar_event,
    crm_lead_contact,
    crm_standard_activity_shift,
    crm_standard_contact,
    crm_standard_contact_collect,
    crm_standard_contact_limit,
    crm_standard_contact_limit_follow,
    crm_standard_contact_norm,
    crm_standard_contact_norm_count,
    crm_standard_contact_norm_judge,
    crm_standard_contact_norm_warn,
    crm_standard_contact_overdue,
    crm_standard_health_norms,
    crm_standard_norm_breach,
    crm_standard_norms,
    mail_activity_contact,
    mail_activity_type,
    mail_message,
    res_partner_contact,
)
