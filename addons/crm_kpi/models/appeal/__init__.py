"""What people say about their score, and what is put right by hand, with a reason."""

from . import crm_kpi_adjustment

# isort: split
from . import crm_kpi_appeal, crm_kpi_card_adjusted
