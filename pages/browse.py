"""Browse: the selected captions with a picture of their clips, page by page."""

from dfec_explore.web import page
from dfec_explore.web.views import browse

view = page.head()
if not page.empty_notice(view):
    chosen = browse.choose(view)
    browse.cards(view, chosen)
