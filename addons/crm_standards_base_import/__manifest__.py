{
    "name": "CRM Standards: Import",
    "summary": "Files that cannot be imported are told so plainly, with row and column",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "license": "LGPL-3",
    "author": "CRM Standards Suite contributors",
    "depends": ["crm_standards", "base_import"],
    "auto_install": True,
}
