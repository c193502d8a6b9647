{
    "name": "CRM Standards: Quotations",
    "summary": "A rule may ask for a quotation of the deal that was sent or ordered",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "license": "LGPL-3",
    "author": "CRM Standards Suite contributors",
    "depends": ["crm_standards", "sale_crm"],
    "data": ["views/crm_standard_rule_views.xml"],
    "auto_install": True,
}
