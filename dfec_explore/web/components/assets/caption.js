// A caption: blocks of text, events underlined, a legend. Python has cut the text; here it is only drawn.

const LINE = 2;
const LINE_STEP = 4;

// A judge, where there is one, lets words be marked and parts be judged (judge.js); `makeJudge` is given the caption.
function createCaption(root, tooltip, makeJudge) {
  const body = el("div", { class: "caption" });
  let drawn = "";
  let content = null;
  let player = null;

  root.append(body);
  const judge = makeJudge({ root, body, redraw: () => content && render(), player: () => player });

  function draw(caption, options) {
    content = { ...options, caption };
    judge?.update(caption, options.judging);
    render();
  }

  function render() {
    const { caption, duration, legend, framed } = content;
    setColours(root, caption.regions);
    const state = JSON.stringify([caption, duration, legend, framed, player !== null, judge?.state()]);
    if (state === drawn) return;
    drawn = state;
    const focused = judge?.focused();
    tooltip.hide();
    body.classList.toggle("framed", framed);
    body.classList.toggle("linked", player !== null);
    const blocks = caption.blocks.map((block) => drawBlock(block));
    const heading = framed ? [el("h3", { class: "heading" }, headingText(caption), judge?.headTools())] : [];
    const foot = legend && caption.regions.length ? [drawLegend(caption.regions)] : [];
    body.replaceChildren(...heading, ...blocks, ...(judge?.foot() ?? []), ...foot);
    judge?.drawn(focused);
  }

  function drawBlock(block) {
    const text = el("p", { class: "clause-text" }, block.pieces.flatMap(drawPiece));
    const note = noteText(block, content.duration);
    const canLoop = player !== null && block.band !== null;
    const node = el(
      "div",
      { class: canLoop ? "clause can-loop" : "clause", "data-band": block.band },
      text,
      note && drawNote(note, canLoop ? block.band : null),
      judge?.partsOf(block),
    );
    if (canLoop) node.addEventListener("click", (event) => loopUnlessSelecting(event, block.band));
    return node;
  }

  // The block is the large target for the mouse; the note is the button for everybody else.
  function drawNote(note, band) {
    const words = [el("span", {}, note), el("span", { class: "looping" })];
    if (band === null) return el("span", { class: "note" }, words);
    return el("button", { class: "note", type: "button", title: "Play this part again and again" }, words);
  }

  function loopUnlessSelecting(event, band) {
    if (String(document.getSelection()) || judge?.isOwn(event)) return;
    player.loopBand(band);
  }

  function drawPiece(piece) {
    const words = judge ? judge.words(piece) : piece.text;
    if (!piece.events.length) return words;
    const events = piece.events.map((number) => content.caption.events[number]);
    const show = (event) => tooltip.show(event.currentTarget, events);
    return el(
      "mark",
      {
        tabindex: 0,
        "data-regions": events.map((event) => regionName(event.region)).join(" "),
        "aria-describedby": TIP_ID,
        style: underlines(events),
        onpointerenter: show,
        onpointerleave: tooltip.hideSoon,
        onfocus: show,
        onblur: tooltip.hide,
        onkeydown: (event) => event.key === "Escape" && tooltip.hide(),
      },
      words,
    );
  }

  // Pointing at a region of the legend leaves only its events marked.
  function drawLegend(regions) {
    const only = (id) => () => {
      if (id) body.dataset.only = regionName(id);
      else delete body.dataset.only;
      for (const mark of body.querySelectorAll("mark")) {
        mark.classList.toggle("dim", Boolean(id) && !mark.dataset.regions.split(" ").includes(regionName(id)));
      }
    };
    return el(
      "ul",
      { class: "legend", "aria-label": "Regions of the face" },
      regions.map((region) =>
        el(
          "li",
          { onpointerenter: only(region.id), onpointerleave: only(null) },
          el("i", { class: "swatch", style: `--mark: var(${colourOf({ region: region.id })})` }),
          region.title,
        ),
      ),
    );
  }

  function follow(newPlayer) {
    const changed = (newPlayer === null) !== (player === null);
    player = newPlayer;
    if (changed && content) render();
    judge?.follow();
    light(player?.state() ?? { band: null, loop: null });
  }

  function light({ clip, band, loop }) {
    // The player may have another clip already, or still: a caption is only seen beside its own.
    const ownClip = content?.judging?.clip;
    body.classList.toggle("awaited", Boolean(ownClip && clip && clip !== ownClip));
    for (const node of body.querySelectorAll(".clause")) {
      const own = node.dataset.band === undefined ? null : Number(node.dataset.band);
      node.classList.toggle("current", own !== null && own === band);
      node.classList.toggle("looped", own !== null && own === loop);
      const looping = node.querySelector(".looping");
      if (looping) setText(looping, own !== null && own === loop ? " · looping" : "");
    }
  }

  return { draw, follow, unmount: () => judge?.unmount() };
}

// Each event keeps its line from its first to its last word, whatever else overlaps it on the way.
function underlines(events) {
  const lines = events.map((event) => {
    const colour = `var(${colourOf(event)}, currentColor)`;
    return `linear-gradient(${colour}, ${colour}) 0 calc(100% - ${lowest(events) - event.lane * LINE_STEP}px) / 100% ${LINE}px no-repeat`;
  });
  return `background: ${lines.join(", ")}; padding-bottom: ${lowest(events)}px`;
}

function lowest(events) {
  return Math.max(...events.map((event) => event.lane)) * LINE_STEP;
}
