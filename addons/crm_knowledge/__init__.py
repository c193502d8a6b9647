from . import models, wizard
from .hooks import uninstall_hook
from . import models
from .hooks import post_init_hook, uninstall_hook
