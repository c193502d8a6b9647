from . import (
    crm_complaint,
    crm_knowledge_article,
    crm_knowledge_gap,
    crm_knowledge_link,
    crm_knowledge_query,
    crm_knowledge_use,
)
