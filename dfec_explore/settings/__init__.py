"""Every setting of the project, and the only reader of the environment and of ``dfec.toml``."""

from dfec_explore.settings.in_force import InForce, Settings
from dfec_explore.settings.known import SETTINGS, Setting
from dfec_explore.settings.reading import load_settings

__all__ = ["SETTINGS", "InForce", "Setting", "Settings", "load_settings"]
