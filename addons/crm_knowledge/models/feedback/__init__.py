from . import crm_knowledge_flag

# isort: split
from . import crm_knowledge_article_flags, crm_knowledge_article_mail
