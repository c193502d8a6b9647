"""Pages for customers and for everybody: articles marked so, and what was asked there in vain."""

from . import crm_knowledge_public_opinion, crm_knowledge_query_public

# isort: split
from . import crm_knowledge_article_public, crm_knowledge_article_public_search
