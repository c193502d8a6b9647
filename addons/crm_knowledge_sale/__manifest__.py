{
    "name": "CRM Knowledge: Orders",
    "summary": "An order finds its answers; a changed product or price doubts what cites it",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "license": "LGPL-3",
    "author": "CRM Suite contributors",
    "depends": ["crm_knowledge", "sale"],
    "data": [
        "views/crm_knowledge_article_views.xml",
        "views/product_template_views.xml",
        "views/sale_order_views.xml",
    ],
    "demo": ["demo/crm_knowledge_demo.xml"],
    "auto_install": True,
    "uninstall_hook": "uninstall_hook",
}
