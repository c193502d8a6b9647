"""Proof of reading: who was asked to read which version of an article, and who has confirmed."""

from . import crm_knowledge_choice, crm_knowledge_question, crm_knowledge_reading

# isort: split
from . import (
    crm_knowledge_article_audience,
    crm_knowledge_article_confirm,
    crm_knowledge_article_reading,
    crm_knowledge_reading_ask,
)
