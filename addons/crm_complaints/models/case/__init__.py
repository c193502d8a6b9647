from . import crm_complaint_catalogue, crm_complaint_part

# isort: split
from . import crm_complaint_tree

# isort: split
# the models below inherit from those above
from . import (
    crm_complaint,
    crm_complaint_category,
    crm_complaint_cause,
    crm_complaint_channel,
    crm_complaint_move,
    crm_complaint_remedy,
    crm_complaint_stage,
    crm_complaint_tag,
    crm_lead,
    crm_team,
    crm_team_member,
    mail_activity,
    mail_followers,
    res_partner,
    res_users,
)

# isort: split
# what a complaint can do, by meaning; each extends the model above
from . import (
    crm_complaint_contact,
    crm_complaint_document,
    crm_complaint_hand_on,
    crm_complaint_keep,
    crm_complaint_moves,
    crm_complaint_number,
    crm_complaint_register,
    crm_complaint_secret,
    crm_complaint_secret_leaders,
    crm_complaint_secret_mail,
    crm_complaint_secret_name,
)
