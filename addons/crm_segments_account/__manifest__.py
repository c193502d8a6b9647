{
    "name": "CRM Segments: Invoices",
    "summary": "Customers classed by invoiced turnover or by payments received",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "license": "LGPL-3",
    "author": "CRM Suite contributors",
    "depends": ["crm_segments", "account"],
    "auto_install": True,
}
