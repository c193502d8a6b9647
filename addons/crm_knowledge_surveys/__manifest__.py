{
    "name": "CRM Knowledge: Surveys",
    "summary": "What a customer writes in a survey finds its answer",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "license": "LGPL-3",
    "author": "CRM Suite contributors",
    "depends": ["crm_knowledge", "crm_surveys"],
    "data": [
        "views/survey_user_input_views.xml",
        "views/crm_survey_followup_views.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "crm_knowledge_surveys/static/src/**/*",
        ],
    },
    "auto_install": True,
    "uninstall_hook": "uninstall_hook",
}
