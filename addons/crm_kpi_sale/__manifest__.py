{
    "name": "CRM KPI: Orders",
    "summary": "Quotations and orders as measures, and the return on marketing by money received",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "license": "LGPL-3",
    "author": "CRM Suite contributors",
    "depends": ["crm_kpi", "sale"],
    "data": ["data/crm_kpi_measure_data.xml"],
    "auto_install": True,
}
