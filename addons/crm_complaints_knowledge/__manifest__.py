{
    "name": "CRM Complaints: Knowledge",
    "summary": "A complaint finds its answer, and a solved one becomes an answer",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "license": "LGPL-3",
    "author": "CRM Suite contributors",
    "depends": ["crm_complaints", "crm_knowledge"],
    "data": [
        "views/crm_complaint_views.xml",
        "views/crm_knowledge_article_views.xml",
        "views/crm_knowledge_gap_views.xml",
        "views/form_templates.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "crm_complaints_knowledge/static/src/**/*",
        ],
        "web.assets_tests": [
            "crm_complaints_knowledge/static/tests/tours/answer_tour.js",
        ],
    },
    "auto_install": True,
    "uninstall_hook": "uninstall_hook",
}
