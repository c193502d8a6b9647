{
    "name": "CRM Segments: Standards",
    "summary": "Norms of contacts by the customer's class",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "license": "LGPL-3",
    "author": "CRM Suite contributors",
    "depends": ["crm_segments", "crm_standards"],
    "data": [
        "security/ir.model.access.csv",
        "views/crm_standard_contact_norm_views.xml",
    ],
    "demo": [
        "demo/crm_standard_contact_norm_demo.xml",
    ],
    "assets": {
        "web.assets_tests": ["crm_segments_standards/static/tests/tours/**/*"],
    },
    "auto_install": True,
}
