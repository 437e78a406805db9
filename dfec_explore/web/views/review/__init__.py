"""Review: the queue, the clip beside its caption, the verdict, one's own history, the guidelines."""

from dfec_explore.web.views.review.desk import open_desk
from dfec_explore.web.views.review.ending import ending
from dfec_explore.web.views.review.head import head
from dfec_explore.web.views.review.history import open_dialogs
from dfec_explore.web.views.review.judging import judging
from dfec_explore.web.views.review.workbench import look_ahead, workbench

__all__ = ["ending", "head", "judging", "look_ahead", "open_desk", "open_dialogs", "workbench"]
