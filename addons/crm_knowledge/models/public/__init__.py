"""Pages for customers and for everybody: articles marked so, and whether they have helped."""

from . import crm_knowledge_public_opinion

# isort: split
from . import crm_knowledge_article_public, crm_knowledge_article_public_search
