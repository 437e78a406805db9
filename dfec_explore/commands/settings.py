"""The command ``settings``: what is in force."""

from rich.console import Console
from rich.table import Table

from dfec_explore.settings import load_settings


def settings_command() -> None:
    """Print every setting in force, its value, and where the value comes from."""
    table = Table("setting", "value", "from", "environment")
    for item in load_settings().in_force:
        table.add_row(item.setting.name, str(item.value), item.origin, item.setting.variable)
    Console(markup=False, highlight=False).print(table)
