"""Review: the clip beside its caption, a verdict, and the next one."""

from dfec_explore.web import page
from dfec_explore.web.views import review

desk = review.open_desk(page.current_view())
review.head(desk)
if desk.sample is None:
    review.ending(desk)
else:
    review.workbench(desk, desk.sample)
review.judging(desk)
review.open_dialogs(desk)
review.look_ahead(desk)
