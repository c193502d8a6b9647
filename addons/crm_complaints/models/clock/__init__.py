from . import crm_complaint_term_source

# isort: split
# the models below inherit from the one above
from . import (
    crm_complaint_answer_part,
    crm_complaint_circumstance,
    crm_complaint_jurisdiction,
    crm_complaint_level,
    crm_complaint_term_rule,
)

# isort: split
# sealed facts about a complaint
from . import crm_complaint_answer_check, crm_complaint_term

# isort: split
# what a complaint does with its clocks, by meaning
from . import (
    crm_complaint_answering,
    crm_complaint_clocks,
    crm_complaint_deadline,
    crm_complaint_judging,
    crm_complaint_rejudging,
    crm_complaint_talk,
    crm_complaint_terms,
    crm_complaint_waiting,
    crm_deadline_clock,
    crm_deadline_policy,
    mail_compose_message,
    mail_template,
    res_partner,
)
