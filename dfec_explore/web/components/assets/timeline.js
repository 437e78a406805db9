// Filmstrip, track and clause bands: where in the clip one is, and how to get elsewhere.

const TICK_STEPS = [0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300];
const MOST_TICKS = 8;
const LOWEST_STRIP = 14;

function createTimeline({ transport, loopBand, status }) {
  const strip = el("img", { class: "strip", alt: "", draggable: "false", hidden: true });
  const motion = createMotion(transport);
  const track = el("div", { class: "track" });
  const ticks = el("div", { class: "ticks", "aria-hidden": "true" });
  const scrub = el(
    "div",
    { class: "scrub", role: "slider", tabindex: 0, "aria-label": "Time", "aria-valuemin": 0 },
    strip,
    motion.node,
    track,
    ticks,
  );
  const rows = el("div", { class: "bands" });
  const head = el("div", { class: "playhead", "aria-hidden": "true" });
  const ends = { from: loopEnd("A"), to: loopEnd("B") };
  const between = el("div", { class: "between", hidden: true, "aria-hidden": "true" });
  const axis = el("div", { class: "axis" }, scrub, between, ends.from, ends.to, rows, head);
  const list = el("div", { class: "happenings" });
  const node = el("div", { class: "timeline" }, axis, status, list);
  let bands = [];
  let events = [];
  let drawn = "";

  strip.addEventListener("error", () => {
    strip.hidden = true;
  });
  // Tall tiles lose their top and bottom, never their sides: the strip is a scale of time.
  strip.addEventListener("load", () => {
    strip.style.aspectRatio = Math.max(strip.naturalWidth / strip.naturalHeight, LOWEST_STRIP);
  });
  listenForScrubbing(scrub, transport);

  function setClip(clip, newBands, newEvents) {
    showPictures(clip);
    bands = newBands;
    events = newEvents;
    for (const part of [rows, list]) part.classList.toggle("awaited", false);
  }

  // A clip whose caption has not come yet: the parts of the one before are not its own. They keep their room.
  function awaitCaption(clip) {
    showPictures(clip);
    for (const part of [rows, list]) part.classList.toggle("awaited", true);
  }

  function showPictures(clip) {
    if (strip.getAttribute("src") !== clip.filmstrip) setStrip(strip, clip.filmstrip);
    motion.setClip(clip);
  }

  // What depends on the duration is drawn anew only when that or the bands change.
  function drawScale(duration) {
    const state = JSON.stringify([duration, bands, events]);
    if (state === drawn) return;
    drawn = state;
    ticks.replaceChildren(...drawTicks(duration));
    rows.replaceChildren(...bands.map((band, number) => drawBand({ ...band, number }, duration, of(number), () => loopBand(number))));
    list.replaceChildren(...drawHappenings(bands, duration, events, loopBand));
    node.style.setProperty("--rows", Math.max(0, ...bands.map((band) => band.lane + 1)));
    scrub.setAttribute("aria-valuemax", (duration || 0).toFixed(1));
  }

  const of = (number) => events.filter((event) => event.band === number);

  // A and B, and what lies between them.
  function drawLoop(duration, { from, to }) {
    placeEnd(ends.from, from, duration);
    placeEnd(ends.to, to, duration);
    between.hidden = from === null || to === null;
    between.style.left = `${(100 * from) / duration}%`;
    between.style.width = `${(100 * (to - from)) / duration}%`;
  }

  function draw({ band, loop }) {
    const { duration, time } = transport;
    drawScale(duration);
    motion.fetchWhenShown(strip);
    const share = duration > 0 ? clamp(time / duration, 0, 1) : 0;
    node.style.setProperty("--place", share);
    head.hidden = !transport.playable;
    scrub.setAttribute("aria-valuenow", time.toFixed(1));
    scrub.setAttribute("aria-valuetext", `${clockText(time)} of ${clockText(duration)}`);
    scrub.setAttribute("aria-disabled", String(!transport.playable));
    drawPlayed(track, transport);
    drawLoop(duration, transport.marks);
    for (const button of node.querySelectorAll("[data-band]")) {
      const number = Number(button.dataset.band);
      button.classList.toggle("current", number === band);
      button.classList.toggle("looped", number === loop);
      button.disabled = !transport.playable;
      if (button.matches(".band")) button.setAttribute("aria-pressed", String(number === loop));
    }
  }

  return { node, setClip, awaitCaption, draw, stop: () => motion.setClip({}) };
}

function setStrip(strip, url) {
  strip.hidden = !url;
  if (url) strip.src = url;
  else strip.removeAttribute("src");
}

function listenForScrubbing(scrub, transport) {
  let wasPlaying = false;
  const seek = (event) => {
    const box = scrub.getBoundingClientRect();
    transport.seek(clamp((event.clientX - box.left) / box.width, 0, 1) * transport.duration);
  };
  scrub.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || !transport.playable) return;
    scrub.setPointerCapture(event.pointerId);
    wasPlaying = transport.isPlaying;
    transport.video.pause();
    seek(event);
  });
  scrub.addEventListener("pointermove", (event) => scrub.hasPointerCapture(event.pointerId) && seek(event));
  // Fires after a cancelled drag too.
  scrub.addEventListener("lostpointercapture", () => wasPlaying && transport.play());
}

function drawTicks(duration) {
  if (!(duration > 0)) return [];
  const step = TICK_STEPS.find((candidate) => duration / candidate <= MOST_TICKS) ?? duration;
  const count = Math.floor(duration / step);
  return Array.from({ length: count + 1 }, (_, number) => number * step)
    .filter((time) => time === 0 || time < duration * 0.96)
    .map((time) => el("span", { style: `left: ${(100 * time) / duration}%` }, tickText(time)));
}

function tickText(time) {
  return time < 60 ? `${time} s` : `${Math.floor(time / 60)}:${String(time % 60).padStart(2, "0")}`;
}

// A part of the caption on the axis, with a dot for each event in it: somewhere in this stretch, as the caption says.
function drawBand(band, duration, events, onclick) {
  const [from, to] = band.share;
  const style = `left: ${from * 100}%; width: ${(to - from) * 100}%; --row: ${band.lane}`;
  const share = shareText(band.share, duration);
  const names = events.map((event) => event.title).join("\n");
  const title = `${band.title}, ${share} (estimated from the caption's words)\nClick: play again and again\n\n${names}`.trim();
  return el(
    "button",
    { class: "band", type: "button", style, onclick, title, "data-band": band.number },
    el("b", {}, band.title),
    el("small", {}, share),
    el("span", { class: "dots", "aria-hidden": "true" }, events.map((event) => el("i", { style: colours(event) }))),
  );
}

// All events of the caption, by the part that they belong to.
function drawHappenings(bands, duration, events, loopBand) {
  const groups = bands.map((band, number) => ({
    head: `${band.title} · ${shareText(band.share, duration)}`,
    number,
    events: events.filter((event) => event.band === number),
  }));
  const untimed = { head: "no time stated", number: null, events: events.filter((event) => event.band === null) };
  const shown = [...groups, untimed].filter((group) => group.events.length);
  if (!shown.length) return [];
  return [
    el("p", { class: "about" }, "Facial actions in the caption, by part; places in the clip are estimated from its words"),
    el("ul", {}, shown.map((group) => drawGroup(group, loopBand))),
  ];
}

function drawGroup({ head, number, events }, loopBand) {
  const names = events.map((event) => el("span", { class: "event", title: `“${event.quote}”` }, el("i", { style: colours(event) }), event.title));
  if (number === null) return el("li", {}, el("div", { class: "happening" }, el("small", {}, head), names));
  const play = () => loopBand(number);
  const button = el("button", { class: "happening", type: "button", "data-band": number, title: "Play this part again and again", onclick: play }, el("small", {}, head), names);
  return el("li", {}, button);
}

function colours({ light, dark }) {
  return light ? `--light: ${light}; --dark: ${dark}` : null;
}

function loopEnd(name) {
  return el("div", { class: "loop-end", hidden: true, "aria-hidden": "true" }, el("span", {}, name));
}

function placeEnd(node, time, duration) {
  node.hidden = time === null || !(duration > 0);
  if (!node.hidden) node.style.left = `${(100 * time) / duration}%`;
}

// One bar for each stretch that was played.
function drawPlayed(track, { playedRanges, duration }) {
  while (track.children.length > playedRanges.length) track.lastChild.remove();
  while (track.children.length < playedRanges.length) track.append(el("i"));
  playedRanges.forEach(([from, to], number) => {
    track.children[number].style.left = `${(100 * from) / duration}%`;
    track.children[number].style.width = `${(100 * (to - from)) / duration}%`;
  });
}
