{
    "name": "CRM Complaints: Surveys",
    "summary": "A low score becomes a complaint, and a closed complaint asks its customer",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "license": "LGPL-3",
    "author": "CRM Suite contributors",
    "depends": ["crm_complaints", "crm_surveys"],
    "data": [
        "views/crm_survey_followup_views.xml",
        "data/crm_survey_trigger_data.xml",
    ],
    "auto_install": True,
}
