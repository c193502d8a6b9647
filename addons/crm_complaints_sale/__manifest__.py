{
    "name": "CRM Complaints: Orders",
    "summary": "The order a complaint is about, its salesperson, and complaints per order",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "license": "LGPL-3",
    "author": "CRM Suite contributors",
    "depends": ["crm_complaints", "sale"],
    "data": [
        "views/crm_complaint_views.xml",
        "views/crm_complaint_assignment_views.xml",
        "views/crm_complaint_report_views.xml",
        "views/sale_order_views.xml",
        "wizard/crm_complaint_phone_views.xml",
    ],
    "demo": ["demo/crm_complaint_demo.xml"],
    "auto_install": True,
}
