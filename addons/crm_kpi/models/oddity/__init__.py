"""What may be done for the figure instead of the work: counted, and shown beside the score."""

from . import crm_kpi_oddity

# isort: split
from . import (
    crm_kpi_card_oddity,
    crm_kpi_explanation_oddity,
    crm_kpi_oddity_split,
    crm_lead,
    mail_activity,
)
