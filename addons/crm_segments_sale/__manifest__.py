{
    "name": "CRM Segments: Sales Orders",
    "summary": "Customers classed by confirmed sales orders",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "license": "LGPL-3",
    "author": "CRM Suite contributors",
    "depends": ["crm_segments", "sale"],
    "auto_install": True,
}
