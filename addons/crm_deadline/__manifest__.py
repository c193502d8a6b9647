{
    "name": "CRM Deadlines",
    "summary": "Provable clocks in working or calendar time on any record",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "category": "Hidden",
    "author": "CRM Suite contributors",
    "depends": ["crm"],
    "data": [
        "security/groups.xml",
        "security/ir.model.access.csv",
        "security/rules.xml",
        "data/ir_cron.xml",
        "views/crm_deadline_policy_views.xml",
        "views/crm_deadline_event_views.xml",
        "views/crm_deadline_clock_views.xml",
        "views/menus.xml",
    ],
}
