"""Review: the clip beside its caption, a verdict, and the next one."""

from dfec_explore.web import page
from dfec_explore.web.views import review

view = page.current_view()
reviewer = review.reviewer(view)
queue = review.open_queue(view, reviewer)
sample = review.current_sample(view, queue)
review.head(view, queue, sample)
if sample is None:
    review.nothing_to_review(view, queue, reviewer)
else:
    review.player(view, queue, sample)
    review.judging(view, queue, sample, reviewer)
