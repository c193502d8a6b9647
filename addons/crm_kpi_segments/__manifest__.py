{
    "name": "CRM KPI: Segments",
    "summary": "Incidents and measures by the customer's class",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "license": "LGPL-3",
    "author": "CRM Suite contributors",
    "depends": ["crm_kpi", "crm_segments"],
    "data": [
        "views/crm_kpi_watch_views.xml",
        "data/crm_kpi_watch_data.xml",
        "data/crm_kpi_measure_data.xml",
    ],
    "auto_install": True,
}
