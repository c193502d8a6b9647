{
    "name": "CRM KPI: Invoicing",
    "summary": "Money received from customers, invoices and debts as measures",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "license": "LGPL-3",
    "author": "CRM Suite contributors",
    "depends": ["crm_kpi", "account"],
    "data": ["data/crm_kpi_measure_data.xml"],
    "auto_install": True,
}
