from odoo import api, models


class IrUiMenu(models.Model):
    """Employees without rights on complaints find their tasks in an app of its own."""

    _inherit = "ir.ui.menu"

    @api.model
    def load_menus(self, debug):
        """Leave the app out for those who have no task, and for those who have all the others.

        Menus are kept in a cache for each user, tasks come and go: so this happens after it.
        """
        menus = super().load_menus(debug)
        xmlid = "crm_complaints.crm_complaint_task_menu_root"
        root_id = self.env["ir.model.data"]._xmlid_to_res_id(xmlid, raise_if_not_found=False)
        if root_id not in menus or self.env["crm.complaint.task"]._is_menu_needed():
            return menus
        hidden = {root_id, *menus[root_id]["children"]}
        shown = {key: menu for key, menu in menus.items() if key not in hidden}
        roots = [menu_id for menu_id in menus["root"]["children"] if menu_id != root_id]
        return {**shown, "root": {**menus["root"], "children": roots}}
