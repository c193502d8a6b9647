"""How invitations reach customers, remind them, end, and how customers refuse them."""

from . import (
    crm_survey_invitation,
    crm_survey_invitation_mail,
    crm_survey_invitation_send,
    crm_survey_invitation_sheet,
    crm_survey_invitation_text,
    crm_survey_qweb,
    mail_mail,
    res_partner,
    sms_sms,
    survey_survey,
    survey_survey_poster,
    survey_user_input,
)
