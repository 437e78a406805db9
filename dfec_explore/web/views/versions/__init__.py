"""The views of Versions: the choice of two files, what differs in numbers, and the differences one by one."""

from dfec_explore.web.views.versions.choosing import choose
from dfec_explore.web.views.versions.filtering import filters
from dfec_explore.web.views.versions.listing import listed
from dfec_explore.web.views.versions.numbers import by_action, by_source, figures
from dfec_explore.web.views.versions.stale import verdicts

__all__ = ["by_action", "by_source", "choose", "figures", "filters", "listed", "verdicts"]
