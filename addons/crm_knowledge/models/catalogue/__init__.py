from . import crm_knowledge_category, crm_knowledge_tag, crm_knowledge_type
