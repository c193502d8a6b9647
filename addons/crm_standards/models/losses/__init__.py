"""Lost deals: what has to be said, and to whom they were lost."""

from . import (
    crm_lead_loss,
    crm_standard_competitor,
    crm_standard_gate_loss,
    crm_standard_loss,
    crm_standard_loss_judge,
)
