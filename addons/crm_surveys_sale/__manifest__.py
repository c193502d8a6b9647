{
    "name": "CRM Surveys: Sales Orders",
    "summary": "Ask customers after an order is confirmed",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "license": "LGPL-3",
    "author": "CRM Suite contributors",
    "depends": ["crm_surveys", "sale"],
    "data": ["data/crm_survey_trigger_data.xml"],
    "auto_install": True,
}
