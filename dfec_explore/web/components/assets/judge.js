// What a reviewer does with a caption: words marked, parts judged, and the caption held back until the clip was seen.

const PLAYED = 0.97;
const LOOK_EVERY = 250;

function createJudge({ root, body, redraw, player }) {
  const focusPlayer = () => player()?.focus();
  // Not half way through new data.
  const redrawIfWhole = () => data && redraw();
  const marks = createMarks({ body, redraw: redrawIfWhole });
  const parts = createParts({ root, redraw: redrawIfWhole, focusPlayer });
  const veil = createVeil(player);
  const endWatch = drafts.watch(redrawIfWhole);
  const room = new ResizeObserver(fit);
  let data = null;

  pageKeys.add(actionFor);
  addEventListener("resize", fit);

  function update(caption, newData) {
    data = null;
    drafts.open(newData.name);
    marks.setText(newData.text);
    parts.update(caption, newData);
    veil.update(newData);
    setColours(root, newData.regions);
    data = newData;
  }

  function actionFor(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return null;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const { shiftKey, repeat } = event;
    if (veil.isDown()) return !shiftKey && key === "v" ? veil.lift : isStreamlits(key) ? () => {} : null;
    const action = marks.actionFor({ key, shiftKey }) ?? (shiftKey ? null : parts.actionFor({ key, repeat }));
    return action ?? (isStreamlits(key) ? () => {} : null);
  }

  // Streamlit's own keys rerun the page and offer to clear its caches: no use in the middle of a sitting.
  function isStreamlits(key) {
    return key === "r" || key === "c";
  }

  // As high as there is room above the verdicts: then it scrolls by itself and the verdicts stay where they are.
  function fit() {
    const floor = document.querySelector("[data-testid=stBottom]");
    if (!floor || !body.isConnected) return;
    room.observe(floor);
    const scrolled = document.querySelector("[data-testid=stMain]")?.scrollTop ?? 0;
    const space = floor.getBoundingClientRect().top - body.getBoundingClientRect().top - scrolled - 10;
    body.style.maxHeight = `${Math.max(240, Math.floor(space))}px`;
  }

  return {
    update,
    words: marks.runs,
    partsOf: parts.partsOf,
    foot: parts.foot,
    headTools: parts.headTools,
    state: () => [data.name, marks.state(), parts.state(), veil.isDown()],
    focused: () => root.getRootNode().activeElement?.dataset.focus,
    drawn: (focused) => {
      marks.drawn();
      parts.drawn(body);
      veil.draw(body);
      fit();
      if (focused) body.querySelector(`[data-focus="${CSS.escape(focused)}"]`)?.focus();
    },
    follow: veil.look,
    // A click on these does not play the clause.
    isOwn: (event) =>
      marks.isSelecting() || event.composedPath().some((node) => node instanceof Element && node.matches(".parts, .run.marked")),
    unmount: () => {
      pageKeys.delete(actionFor);
      removeEventListener("resize", fit);
      room.disconnect();
      endWatch();
      marks.unmount();
      veil.unmount();
    },
  };
}

// Watch first: the caption appears when the clip was played once, or when it is asked for.
function createVeil(player) {
  const words = el("p", {}, "The caption appears when the clip has been played once.");
  const button = el("button", { type: "button", class: "lift", onclick: () => lift() }, "Show it now ", el("kbd", {}, "v"));
  const node = el("div", { class: "veil" }, words, button);
  let name = null;
  let clip = null;
  let token = "";
  let timer = 0;

  function update(data) {
    token = data.token;
    if (data.name === name) return;
    name = data.name;
    clip = data.clip;
    if (!data.isHeldBack) drafts.setVeil(name, null);
    else if (drafts.veil(name) === null) drafts.setVeil(name, "down");
    clearInterval(timer);
    if (isDown()) timer = setInterval(look, LOOK_EVERY);
  }

  function isDown() {
    return drafts.veil(name) === "down";
  }

  function look() {
    const shown = player();
    // The player may still have the clip before.
    if (!isDown() || shown?.viewing().clip !== clip) return;
    // A clip that turns out not to play is no reason to hold the caption back, and nothing was watched first.
    if (!shown.isPlayable()) raise(null);
    else if (shown.viewing().watched >= PLAYED || shown.hasEnded()) raise("lifted");
  }

  function lift() {
    if (isDown()) raise("lifted");
    player()?.focus();
  }

  function raise(how) {
    clearInterval(timer);
    drafts.setVeil(name, how);
  }

  return {
    update,
    isDown,
    lift,
    look,
    draw: (body) => {
      body.classList.toggle("veiled", isDown());
      if (isDown()) body.prepend(node);
      else node.remove();
      // What belongs to the caption elsewhere on the page appears with it.
      if (isDown()) delete document.documentElement.dataset.captionShown;
      else document.documentElement.dataset.captionShown = token;
    },
    unmount: () => {
      clearInterval(timer);
      delete document.documentElement.dataset.captionShown;
    },
  };
}
