{
    "name": "CRM Knowledge",
    "summary": "The company's memory: found in a blink, trusted because it is kept alive",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "license": "LGPL-3",
    "author": "CRM Suite contributors",
    "application": True,
    "depends": ["crm", "portal", "html_editor", "crm_deadline"],
    "data": [
        "security/groups.xml",
        "security/ir.model.access.csv",
        "security/rules.xml",
        "data/crm_knowledge_category_data.xml",
        "data/crm_knowledge_type_data.xml",
        "data/mail_activity_type_data.xml",
        "data/ir_cron_data.xml",
        "views/crm_knowledge_type_views.xml",
        "views/crm_knowledge_tag_views.xml",
        "views/crm_knowledge_category_views.xml",
        "views/crm_knowledge_article_version_views.xml",
        "views/crm_knowledge_article_views.xml",
        "views/crm_knowledge_flag_views.xml",
        "views/res_config_settings_views.xml",
        "views/menus.xml",
    ],
    "demo": [
        "demo/crm_knowledge_demo.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "crm_knowledge/static/src/article_form/*",
        ],
        "web.assets_tests": [
            "crm_knowledge/static/tests/tours/article_tour.js",
        ],
    },
    "uninstall_hook": "uninstall_hook",
}
