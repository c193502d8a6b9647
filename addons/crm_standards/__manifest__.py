{
    "name": "CRM Standards",
    "summary": "The company's rules of selling, held on every path a deal can take",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "license": "LGPL-3",
    "author": "CRM Standards Suite contributors",
    "application": True,
    "depends": ["crm", "crm_deadline"],
    "data": [
        "security/groups.xml",
        "security/ir.model.access.csv",
        "security/rules.xml",
        "data/ir_cron_data.xml",
        "views/crm_standard_role_views.xml",
        "views/crm_standard_rule_views.xml",
        "views/crm_standard_views.xml",
        "views/crm_standard_violation_views.xml",
        "views/crm_standard_transition_views.xml",
        "views/crm_standard_ready_set_views.xml",
        "views/crm_standard_route_map_views.xml",
        "views/crm_standard_health_problem_views.xml",
        "views/crm_lead_views.xml",
        "views/res_config_settings_views.xml",
        "views/menus.xml",
    ],
    "demo": [
        "demo/crm_standard_demo.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "crm_standards/static/src/**/*.js",
            "crm_standards/static/src/**/*.xml",
            "crm_standards/static/src/**/*.scss",
        ],
        "web.assets_tests": [
            "crm_standards/static/tests/tours/**/*.js",
        ],
        "web.assets_unit_tests": [
            "crm_standards/static/tests/**/*.test.js",
        ],
    },
    "post_init_hook": "post_init_hook",
}
