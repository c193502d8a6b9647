from . import controllers, models, wizard
from . import models, wizard
from .hooks import uninstall_hook
