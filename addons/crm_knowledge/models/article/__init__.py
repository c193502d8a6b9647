from . import crm_knowledge_article, crm_knowledge_article_version

# isort: split
from . import (
    crm_knowledge_article_cite,
    crm_knowledge_article_history,
    crm_knowledge_article_keep,
    crm_knowledge_article_lifecycle,
    crm_knowledge_article_links,
    crm_knowledge_article_print,
    crm_knowledge_article_revision,
    crm_knowledge_article_similar,
    crm_knowledge_article_translation,
    crm_knowledge_article_verify,
    crm_knowledge_cited,
)
