// The control bar under the picture.

function createBar(actions) {
  const parts = {
    time: el("span", { class: "time" }),
    total: el("span", { class: "total" }),
    frame: el("span", { class: "frame-number" }),
    speed: el("output", { class: "speed", "aria-label": "Speed" }),
    play: tool({ image: "play", label: "Play", key: "Space", onclick: actions.togglePlay, kind: "primary" }),
    slower: tool({ image: "slower", label: "Slower", key: "[", onclick: () => actions.changeSpeed(-1) }),
    faster: tool({ image: "faster", label: "Faster", key: "]", onclick: () => actions.changeSpeed(1) }),
    back: tool({ image: "back", label: "One frame back", key: ",", onclick: () => actions.step(-1) }),
    forward: tool({ image: "forward", label: "One frame on", key: ".", onclick: () => actions.step(1) }),
    from: tool({ text: "A", label: "Loop from here", key: "<", onclick: () => actions.mark("from"), toggles: true }),
    to: tool({ text: "B", label: "Loop to here", key: ">", onclick: () => actions.mark("to"), toggles: true }),
    loop: tool({ image: "loop", label: "Loop this part", key: "o", onclick: actions.toggleLoop, toggles: true }),
    sound: tool({ image: "muted", label: "Muted", key: "m", onclick: actions.toggleMuted, toggles: true }),
    mirror: tool({ image: "mirror", label: "Mirror", key: "x", onclick: actions.toggleMirror, toggles: true }),
    zoom: tool({ image: "zoom", label: "Zoom", key: "z", onclick: actions.toggleZoom, toggles: true }),
    help: el("button", { class: "tool help", type: "button", "aria-label": "All keys", title: "All keys (?)", onclick: actions.toggleHelp }, el("kbd", {}, "?")),
  };
  const node = el(
    "div",
    { class: "bar", role: "toolbar", "aria-label": "Player" },
    parts.play.node,
    el("span", { class: "clock" }, el("span", {}, parts.time, parts.total), parts.frame),
    el("span", { class: "group" }, parts.slower.node, parts.speed, parts.faster.node),
    el("span", { class: "group" }, parts.back.node, parts.forward.node),
    el("span", { class: "group ends" }, parts.from.node, parts.to.node),
    el("span", { class: "group toggles" }, parts.loop.node, parts.sound.node, parts.mirror.node, parts.zoom.node),
    parts.help,
  );
  return { node, draw: (state) => drawBar(parts, state) };
}

function tool({ image, text, label, key, onclick, kind = "", toggles = false }) {
  const svg = image ? icon(image) : el("b", {}, text);
  const node = el(
    "button",
    { class: `tool ${kind}`, type: "button", "aria-pressed": toggles ? "false" : null, onclick },
    svg,
    key === "Space" ? null : el("kbd", { "aria-hidden": "true" }, key),
  );
  const name = (text) => {
    if (node.getAttribute("aria-label") === text) return;
    node.setAttribute("aria-label", text);
    node.title = `${text} (${key})`;
  };
  name(label);
  return { node, name, picture: (other) => setIcon(svg, other), press: (on) => node.setAttribute("aria-pressed", String(on)) };
}

function drawBar(parts, { transport, view }) {
  const { isPlaying, playable } = transport;
  const atEnd = transport.video.ended;
  parts.play.picture(isPlaying ? "pause" : atEnd ? "replay" : "play");
  parts.play.name(isPlaying ? "Pause" : atEnd ? "Play again" : "Play");
  setText(parts.time, clockText(transport.time));
  setText(parts.total, ` / ${clockText(transport.duration)}`);
  setText(parts.frame, transport.frameRate ? `frame ${transport.frame}` : "");
  setText(parts.speed, `${transport.speed}×`);
  parts.loop.press(transport.loop !== null);
  parts.loop.name(transport.loop ? "Stop looping" : "Loop this part");
  parts.from.press(transport.marks.from !== null);
  parts.to.press(transport.marks.to !== null);
  drawSound(parts.sound, transport);
  parts.mirror.press(view.mirrored);
  parts.zoom.press(view.zoomed);
  for (const part of Object.values(parts)) {
    if (part.node) part.node.disabled = !playable;
  }
  parts.sound.node.disabled = !playable || transport.clip?.facts?.hasSound === false;
}

function drawSound(sound, transport) {
  const { muted } = transport.video;
  sound.picture(muted ? "muted" : "sound");
  sound.name(transport.clip?.facts?.hasSound === false ? "This clip has no sound" : muted ? "Muted: sound on" : "Sound: mute");
  sound.press(!muted);
}
