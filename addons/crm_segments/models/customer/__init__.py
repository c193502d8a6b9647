"""Classes as a filter on customers and opportunities."""

from . import crm_lead, res_partner
