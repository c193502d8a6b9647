{
    "name": "CRM Complaints: Segments",
    "summary": "Service levels of complaints by the customer's class",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "license": "LGPL-3",
    "author": "CRM Suite contributors",
    "depends": ["crm_complaints", "crm_segments"],
    "data": [
        "views/crm_complaint_level_views.xml",
    ],
    "auto_install": True,
}
