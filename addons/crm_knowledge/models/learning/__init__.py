"""What the base lacks, and how it is written down: questions asked in vain, captured answers."""

from . import crm_knowledge_gap, crm_knowledge_query, crm_knowledge_query_report

# isort: split
from . import (
    crm_knowledge_article_gap,
    crm_knowledge_askable_capture,
    crm_knowledge_link,
    crm_lead_capture,
    res_partner_capture,
)
