// What an event says, on hover and on focus. It lives in the browser's top layer, so no container cuts it off.

const TIP_ID = "event-tip";
const HIDE_AFTER = 120;

function createTooltip(root) {
  const tip = el("div", { class: "tip", id: TIP_ID, role: "tooltip", popover: "manual" });
  let timer = 0;
  const hide = () => tip.matches(":popover-open") && tip.hidePopover();
  const hideSoon = () => {
    timer = setTimeout(hide, HIDE_AFTER);
  };
  tip.addEventListener("pointerenter", () => clearTimeout(timer));
  tip.addEventListener("pointerleave", hideSoon);
  root.append(tip);

  function show(anchor, events) {
    clearTimeout(timer);
    tip.replaceChildren(...events.map(tipEntry));
    if (!tip.matches(":popover-open")) tip.showPopover();
    place(tip, anchor);
  }

  return { show, hide, hideSoon };
}

function tipEntry(event) {
  const au = event.aus
    ? el("p", { class: "tip-au" }, el("b", {}, event.aus), " related AU, from the text, not FACS-coded")
    : el("p", { class: "tip-au" }, "No related AU");
  const facts = event.facts.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]);
  return el(
    "section",
    { class: "tip-entry", style: `--mark: var(${colourOf(event)})` },
    el("h4", {}, el("i", { class: "swatch" }), event.title, event.regionTitle && el("small", {}, event.regionTitle)),
    au,
    el("dl", {}, facts),
  );
}

// A wrapped mark has a box on each line: the first one is where the reader's eye is.
function place(tip, anchor) {
  const box = anchor.getClientRects()[0] ?? anchor.getBoundingClientRect();
  const gap = 8;
  const below = box.bottom + gap + tip.offsetHeight < window.innerHeight;
  const left = clamp(box.left, gap, Math.max(gap, window.innerWidth - tip.offsetWidth - gap));
  const top = below ? box.bottom + gap : Math.max(gap, box.top - gap - tip.offsetHeight);
  tip.style.left = `${left}px`;
  tip.style.top = `${top}px`;
}
