{
    "name": "CRM Standards: Text Messages",
    "summary": "Text messages to many customers are held to the norms of contact",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "license": "LGPL-3",
    "author": "CRM Standards Suite contributors",
    "depends": ["crm_standards", "sms"],
    "data": ["wizard/sms_composer_views.xml"],
    "auto_install": True,
}
