{
    "name": "CRM Surveys: Invoices",
    "summary": "Ask customers after an invoice is posted or paid",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "license": "LGPL-3",
    "author": "CRM Suite contributors",
    "depends": ["crm_surveys", "account"],
    "data": ["data/crm_survey_trigger_data.xml"],
    "auto_install": True,
}
