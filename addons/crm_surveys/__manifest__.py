{
    "name": "CRM Surveys",
    "summary": "What customers think, asked at the right moment and judged fairly",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "license": "LGPL-3",
    "author": "CRM Suite contributors",
    "application": True,
    "depends": ["crm", "survey", "sms", "product", "crm_deadline"],
    "data": [
        "security/groups.xml",
        "security/ir.model.access.csv",
        "security/rules.xml",
        "views/survey_question_views.xml",
        "views/survey_survey_views.xml",
        "views/crm_survey_invitation_views.xml",
        "views/crm_survey_fact_views.xml",
        "views/crm_survey_topic_views.xml",
        "views/crm_survey_result_views.xml",
        "views/res_config_settings_views.xml",
        "views/menus.xml",
    ],
    "demo": ["demo/crm_survey_demo.xml", "demo/crm_survey_fact_demo.xml"],
    "assets": {
        "web.assets_backend": [
            "crm_surveys/static/src/results/*",
        ],
        "web.assets_tests": [
            "crm_surveys/static/tests/tours/results_tour.js",
        ],
    },
    "uninstall_hook": "uninstall_hook",
}
