// Filmstrip, track and clause bands: where in the clip one is, and how to get elsewhere.

const TICK_STEPS = [0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300];
const MOST_TICKS = 8;
const LOWEST_STRIP = 14;

function createTimeline({ transport, loopBand }) {
  const strip = el("img", { class: "strip", alt: "", draggable: "false", hidden: true });
  const track = el("div", { class: "track" });
  const ticks = el("div", { class: "ticks", "aria-hidden": "true" });
  const scrub = el(
    "div",
    { class: "scrub", role: "slider", tabindex: 0, "aria-label": "Time", "aria-valuemin": 0 },
    strip,
    track,
    ticks,
  );
  const rows = el("div", { class: "bands" });
  const head = el("div", { class: "playhead", "aria-hidden": "true" });
  const node = el("div", { class: "timeline" }, scrub, rows, head);
  let bands = [];
  let drawn = "";

  strip.addEventListener("error", () => {
    strip.hidden = true;
  });
  // Tall tiles lose their top and bottom, never their sides: the strip is a scale of time.
  strip.addEventListener("load", () => {
    strip.style.aspectRatio = Math.max(strip.naturalWidth / strip.naturalHeight, LOWEST_STRIP);
  });
  listenForScrubbing(scrub, transport);

  function setClip(clip, newBands) {
    if (strip.getAttribute("src") !== clip.filmstrip) setStrip(strip, clip.filmstrip);
    bands = newBands;
  }

  // What depends on the duration is drawn anew only when that or the bands change.
  function drawScale(duration) {
    const state = JSON.stringify([duration, bands]);
    if (state === drawn) return;
    drawn = state;
    ticks.replaceChildren(...drawTicks(duration));
    rows.replaceChildren(...bands.map((band, number) => drawBand(band, duration, () => loopBand(number))));
    node.style.setProperty("--rows", Math.max(0, ...bands.map((band) => band.lane + 1)));
    scrub.setAttribute("aria-valuemax", (duration || 0).toFixed(1));
  }

  function draw({ band, loop }) {
    const { duration, time } = transport;
    drawScale(duration);
    const share = duration > 0 ? clamp(time / duration, 0, 1) : 0;
    node.style.setProperty("--place", share);
    head.hidden = !transport.playable;
    scrub.setAttribute("aria-valuenow", time.toFixed(1));
    scrub.setAttribute("aria-valuetext", `${clockText(time)} of ${clockText(duration)}`);
    scrub.setAttribute("aria-disabled", String(!transport.playable));
    drawPlayed(track, transport);
    [...rows.children].forEach((button, number) => {
      button.classList.toggle("current", number === band);
      button.classList.toggle("looped", number === loop);
      button.setAttribute("aria-pressed", String(number === loop));
      button.disabled = !transport.playable;
    });
  }

  return { node, setClip, draw };
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

function drawBand(band, duration, onclick) {
  const [from, to] = band.share;
  const style = `left: ${from * 100}%; width: ${(to - from) * 100}%; --row: ${band.lane}`;
  const share = shareText(band.share, duration);
  return el(
    "button",
    { class: "band", type: "button", style, onclick, title: `Play again and again: ${band.title}, ${share}` },
    el("b", {}, band.title),
    el("small", {}, share),
  );
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
