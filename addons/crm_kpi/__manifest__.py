{
    "name": "CRM KPI",
    "summary": "Work judged by figures that can be proved, explained and never quietly changed",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "license": "LGPL-3",
    "author": "CRM Suite contributors",
    "application": True,
    "depends": ["crm", "crm_deadline"],
    "data": [],
    "demo": [],
}
