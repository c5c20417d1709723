"""The plugin process that the engine would start, which the tools drive too."""

from tools.plugin import UNKNOWN, Checked, Diffed, Found, Plugin, PluginError

__all__ = ["UNKNOWN", "Checked", "Diffed", "Found", "Plugin", "PluginError"]
