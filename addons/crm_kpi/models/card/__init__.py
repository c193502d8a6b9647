"""Scorecards: indicators with weights in a tree, the score they make and the bonus for it."""

from . import crm_kpi_card, crm_kpi_card_line, crm_kpi_card_rung

# isort: split
from . import crm_kpi_card_score, crm_kpi_card_standing
