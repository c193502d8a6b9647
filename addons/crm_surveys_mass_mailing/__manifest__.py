{
    "name": "CRM Surveys: Mailings",
    "summary": "Mailings and surveys share the limits of how often a customer is asked",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "license": "LGPL-3",
    "author": "CRM Suite contributors",
    "depends": ["crm_surveys", "mass_mailing"],
    "data": ["views/mailing_mailing_views.xml"],
    "auto_install": True,
}
