"""Install, update and remove add-ons as told, by one Odoo that goes on between the steps.

Run by Odoo's Python; arguments are options of `odoo server`. Each line of the input is a JSON list:
a deed and names of modules; each line of the output is a deed that is done. A failure ends it, as
it ends Odoo.
"""

import json
import sys
import threading

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tools import config


def install(database, names):
    """What `odoo server -i` does."""
    Registry.new(database, update_module=True, install_modules=names)


def update(database, names):
    """What `odoo server -u` does."""
    Registry.new(database, update_module=True, upgrade_modules=names)


def remove(database, names):
    """What `odoo module uninstall` does."""
    with Registry(database).cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        env["ir.module.module"].search([("name", "in", names)]).button_immediate_uninstall()


DEEDS = {"install": install, "update": update, "remove": remove}

answers, sys.stdout = sys.stdout, sys.stderr  # what somebody prints is no answer
config.parse_config(sys.argv[1:], setup_logging=True)
[database] = config["db_name"]
threading.current_thread().dbname = database  # the log names it
for line in sys.stdin:
    deed, names = json.loads(line)
    DEEDS[deed](database, names)
    print(deed, file=answers, flush=True)
