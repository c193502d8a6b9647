from . import crm_knowledge_article_texts, ir_attachment
