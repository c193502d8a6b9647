from . import crm_knowledge_article_texts, ir_attachment

# isort: split
from . import (
    crm_knowledge_index,
    crm_knowledge_index_change,
    crm_knowledge_promotion,
    crm_knowledge_synonym,
    crm_knowledge_term,
    crm_knowledge_word,
)

# isort: split
from . import (
    crm_knowledge_article_correct,
    crm_knowledge_article_find,
    crm_knowledge_article_index,
    crm_knowledge_article_search,
    crm_knowledge_index_health,
    res_config_settings,
)
