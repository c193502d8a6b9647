{
    "name": "CRM Segments",
    "summary": "Customers split by ABC, XYZ, BCG and RFM: by method, with history and reasons",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "license": "LGPL-3",
    "author": "CRM Suite contributors",
    "application": True,
    "depends": ["crm", "crm_deadline"],
    "data": [
        "security/groups.xml",
        "security/ir.model.access.csv",
        "security/rules.xml",
        "data/ir_cron.xml",
        "views/crm_segment_change_views.xml",
        "views/crm_segment_membership_views.xml",
        "views/crm_segment_views.xml",
        "views/crm_segment_method_views.xml",
        "views/crm_segment_map_views.xml",
        "views/res_partner_views.xml",
        "views/crm_lead_views.xml",
        "views/menus.xml",
        "data/crm_segment_method_data.xml",
    ],
    "demo": [
        "demo/crm_segment_demo.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "crm_segments/static/src/**/*",
        ],
        "web.assets_tests": [
            "crm_segments/static/tests/tours/**/*",
        ],
    },
}
