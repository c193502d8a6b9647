from . import crm_knowledge_article, product_pricelist_item, product_template, sale_order
