{
    "name": "CRM Knowledge: Standards",
    "summary": "The text of a standard is an article: found by search, read beside all others",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "license": "LGPL-3",
    "author": "CRM Suite contributors",
    "depends": ["crm_knowledge", "crm_standards"],
    "data": [
        "views/crm_knowledge_article_views.xml",
        "views/crm_standard_views.xml",
    ],
    "auto_install": True,
    "post_init_hook": "post_init_hook",
}
