"""A sampling plan as a queue: what is left of it for one reviewer."""

from dfec_explore.model import PlanItem
from dfec_explore.reviews.outcomes import plan_queue
from dfec_explore.reviews.plans import plan_items, plans
from dfec_explore.web import cached
from dfec_explore.web.queues import PlanQueue
from dfec_explore.web.samples import index_name
from dfec_explore.web.view import View


def plan_of(view: View, reviewer: str, name: str) -> PlanQueue | None:
    """The plan with this id or name; None where there is none.

    Raises:
        StoreError: the plans can't be read.
    """
    store, dataset = view.services.store(view.dataset), view.dataset.name
    plan = next((plan for plan in plans(store, dataset, archived=True) if name in (plan.id, plan.name)), None)
    if plan is None:
        return None
    items: tuple[PlanItem, ...] = cached.worked_out(
        index_name(view), 0, "plan.items", (plan.id,), _work=lambda: plan_items(store, plan)
    )

    def left() -> list[tuple[str, str]]:
        found = plan_queue(plan, items, reviewer, store.judgement_table(dataset))
        return [(item.key.part, item.key.id) for item in found]

    return PlanQueue(plan.id, plan.name, frozenset((item.key.part, item.key.id) for item in items), left)
