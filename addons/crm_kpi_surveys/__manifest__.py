{
    "name": "CRM KPI: Surveys",
    "summary": "What customers say in surveys as measures",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "license": "LGPL-3",
    "author": "CRM Suite contributors",
    "depends": ["crm_kpi", "crm_surveys"],
    "data": ["data/crm_kpi_measure_data.xml"],
    "auto_install": True,
}
