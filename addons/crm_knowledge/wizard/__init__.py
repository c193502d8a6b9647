from . import crm_knowledge_import, crm_knowledge_import_line
