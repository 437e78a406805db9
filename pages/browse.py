"""Browse: the selected captions with a picture of their clips, page by page, or those most like one of them."""

from dfec_explore.web import page
from dfec_explore.web.views import browse, similar

view = page.head()
if not page.empty_notice(view):
    sample = similar.liked(view)
    if sample is not None:
        similar.listed(view, sample)
    else:
        chosen = browse.choose(view)
        browse.cards(view, chosen)
