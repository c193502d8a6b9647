{
    "name": "CRM Complaints: KPI",
    "summary": "Complaints in time, first answers and reopened cases as measures",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "license": "LGPL-3",
    "author": "CRM Suite contributors",
    "depends": ["crm_complaints", "crm_kpi"],
    "data": ["data/crm_kpi_measure_data.xml"],
    "auto_install": True,
}
