// A sentence about a button, on hover and on focus; in the browser's top layer, so that nothing cuts it off.

const HINT_AFTER = 350;

function createHints(root) {
  const hint = el("div", { class: "hint", role: "tooltip", popover: "manual" });
  let timer = 0;
  root.append(hint);

  function show(anchor, title, words) {
    hint.replaceChildren(el("b", {}, title), el("p", {}, words));
    if (!hint.matches(":popover-open")) hint.showPopover();
    const box = anchor.getBoundingClientRect();
    hint.style.left = `${clamp(box.left, 8, Math.max(8, innerWidth - hint.offsetWidth - 8))}px`;
    hint.style.top = `${Math.max(8, box.top - hint.offsetHeight - 6)}px`;
  }

  function hide() {
    clearTimeout(timer);
    if (hint.matches(":popover-open")) hint.hidePopover();
  }

  return {
    on: (title, words) => ({
      onpointerenter: (event) => {
        const anchor = event.currentTarget;
        clearTimeout(timer);
        timer = setTimeout(() => anchor.isConnected && show(anchor, title, words), HINT_AFTER);
      },
      onpointerleave: hide,
      onfocus: (event) => event.currentTarget.matches(":focus-visible") && show(event.currentTarget, title, words),
      onblur: hide,
    }),
    hide,
  };
}
