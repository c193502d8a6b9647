{
    "name": "CRM Segments: Margins",
    "summary": "Customers classed by the margin of confirmed sales orders",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "license": "LGPL-3",
    "author": "CRM Suite contributors",
    "depends": ["crm_segments", "sale_margin"],
    "auto_install": True,
}
