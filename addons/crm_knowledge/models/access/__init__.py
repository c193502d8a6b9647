from . import crm_knowledge_access
