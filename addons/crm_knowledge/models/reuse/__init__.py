"""The open record is the query: what fits it, what was sent, what helped."""

from . import crm_knowledge_opinion, crm_knowledge_use

# isort: split
from . import (
    crm_knowledge_article_answer,
    crm_knowledge_article_fit,
    crm_knowledge_article_reuse,
    crm_knowledge_askable,
    crm_knowledge_type,
)

# isort: split
from . import crm_lead, res_partner
