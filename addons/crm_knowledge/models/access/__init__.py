from . import crm_knowledge_access, crm_knowledge_part, res_users
