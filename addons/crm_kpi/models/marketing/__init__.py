"""What marketing costs and what it brings."""

from . import crm_kpi_cost, crm_lost_reason, utm_campaign

# isort: split
from . import crm_kpi_romi
