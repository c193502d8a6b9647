{
    "name": "CRM Surveys: Deliveries",
    "summary": "Ask customers after goods were delivered",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "license": "LGPL-3",
    "author": "CRM Suite contributors",
    "depends": ["crm_surveys", "stock"],
    "data": ["data/crm_survey_trigger_data.xml"],
    "auto_install": True,
}
