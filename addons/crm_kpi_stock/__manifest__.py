{
    "name": "CRM KPI: Deliveries",
    "summary": "Deliveries, and those that came too late, as measures",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "license": "LGPL-3",
    "author": "CRM Suite contributors",
    "depends": ["crm_kpi", "stock"],
    "data": ["data/crm_kpi_measure_data.xml"],
    "auto_install": True,
}
