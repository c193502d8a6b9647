"""What the pages show: home, an article to read, the state of the knowledge base."""

from . import crm_knowledge_favorite

# isort: split
from . import crm_knowledge_article_favorite

# isort: split
from . import (
    crm_knowledge_article_page,
    crm_knowledge_desk,
    crm_knowledge_home,
    crm_knowledge_overview,
)
