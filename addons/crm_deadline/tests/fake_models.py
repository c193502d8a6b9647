"""A business model that exists while a test class runs."""

from odoo import fields, models
from odoo.orm.model_classes import add_to_registry


class DeadlineTestTask(models.Model):
    """A business record that carries deadlines."""

    _module = None  # no add-on's: nothing but the loader below registers it
    _name = "deadline.test.task"
    _description = "Task with Deadlines"
    _inherit = ["crm.deadline.mixin"]

    name = fields.Char()
    user_id = fields.Many2one("res.users")


def load_model(case, definition):
    """Add a model to the registry, with its table, until the test class ends."""
    registry, cr, name = case.registry, case.env.cr, definition._name

    def remove():
        for parent in definition._inherit:
            registry[parent]._inherit_children.discard(name)
        del registry[name]
        registry._setup_models__(cr, [])
        registry.clear_all_caches()

    add_to_registry(registry, definition)
    case.addClassCleanup(remove)
    registry._setup_models__(cr, [name])
    registry.init_models(cr, [name], {"module": "crm_deadline"})
