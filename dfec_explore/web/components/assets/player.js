// The player: its parts put together, and what its keys do.

const REPORT_EVERY = 2000;
const DRAW_EVERY = 1000;
const ANSWER_AFTER = 8000;
const BACK_AFTER = 400;
const REPORTED_EVENTS = new Set(["pause", "ended"]);

function createPlayer(root, key) {
  const transport = new Transport((what) => changed(what));
  const frame = el("div", { class: "frame" }, transport.video, transport.standby);
  const badges = el("div", { class: "badges", "aria-live": "polite" });
  const notice = createNotice({ tryAgain: () => transport.preparation.tryAgain() });
  const waiting = el("div", { class: "waiting", hidden: true }, "Loading…");
  const stage = el("div", { class: "stage" }, frame, notice.node, badges, waiting);
  const view = new View(stage, frame, { onClick: () => transport.togglePlay(), onChange: () => changed("view") });
  const help = createHelp(root);
  const actions = {
    togglePlay: () => transport.togglePlay(),
    changeSpeed: (direction) => transport.changeSpeed(direction),
    step: (frames) => transport.step(frames),
    toggleMuted: () => transport.toggleMuted(),
    toggleMirror,
    toggleZoom: () => view.toggleZoom(),
    toggleHelp: () => help.toggle(),
    toggleLoop,
    mark: (end) => transport.mark(end),
    clearMarks: () => transport.clearMarks(),
  };
  const bar = createBar(actions);
  const status = el("p", { class: "status" });
  const timeline = createTimeline({ transport, loopBand, status });
  const node = el(
    "section",
    { class: "player", tabindex: -1, "aria-label": "Clip player" },
    el("div", { class: "screen" }, stage, bar.node),
    timeline.node,
  );
  const stopwatch = createStopwatch();
  let data = null;
  let left = null;
  let ticking = 0;
  let told = "";

  root.append(node);
  const timers = [setInterval(draw, DRAW_EVERY), setInterval(report, REPORT_EVERY)];

  const keys = {
    " ": actions.togglePlay,
    ",": () => transport.step(-1),
    ".": () => transport.step(1),
    ArrowLeft: () => transport.skip(-1),
    ArrowRight: () => transport.skip(1),
    "[": () => transport.changeSpeed(-1),
    "]": () => transport.changeSpeed(1),
    m: actions.toggleMuted,
    x: actions.toggleMirror,
    o: toggleLoop,
    "<": () => transport.mark("from"),
    ">": () => transport.mark("to"),
    q: actions.clearMarks,
    z: actions.toggleZoom,
    "?": actions.toggleHelp,
  };

  const player = {
    key,
    update,
    loopBand,
    report,
    viewing,
    goAhead,
    unmount,
    state: () => ({ clip: data?.clip.id ?? null, band: transport.playable ? bandAt(transport.time) : null, loop: transport.loop?.band ?? null }),
    duration: () => transport.duration,
    isPlayable: () => transport.playable,
    hasEnded: () => transport.video.ended,
    actionFor: (name) => keys[name.length === 1 ? name.toLowerCase() : name] ?? digitAction(name),
    isVerdictKey: (name) => name.length === 1 && data.verdicts.keys.includes(name.toLowerCase()),
    isVerdictElement: (element) => data.verdicts.classes.some((name) => element.classList?.contains(name)),
    helpIsOpen: () => help.isOpen,
    contains: (element) => root.contains(element) || root.getRootNode().host === element,
    focus: () => node.focus({ preventScroll: true }),
  };

  function update(newData) {
    if (left && staysWith(newData)) return;
    const isNew = data?.clip.id !== newData.clip.id;
    // The last word on the clip that is left, before its numbers are gone.
    if (data && isNew) report();
    data = newData;
    help.setPageKeys(data.pageKeys);
    if (isNew) {
      view.reset();
      stopwatch.restart();
    }
    transport.show(data.clip, { autoplay: data.autoplay });
    transport.expect(data.next);
    timeline.setClip(data.clip, data.bands, data.events);
    ownKeys(player);
    draw();
  }

  // ---- the next clip at once

  // Starts the next clip, where it is loaded, before the server has said that it comes next: after a verdict the page
  // takes its time. What the page then brings settles it: this clip, or back to the one that was left (it was not
  // saved), at the place where it was. Captions see by the clip in `state` that they belong to another one.
  function goAhead() {
    if (left || !transport.nextIsReady) return;
    report();
    left = { data, seconds: stopwatch.seconds(), mirrored: view.mirrored, timer: setTimeout(comeBack, ANSWER_AFTER) };
    data = { ...data, clip: data.next, bands: [], events: [], next: null };
    stopwatch.restart();
    view.reset();
    transport.goAhead();
    timeline.awaitCaption(data.clip);
    draw();
  }

  // A run of the page that had begun before the verdict came still has the clip that was left: what counts is what the
  // page holds to.
  function staysWith(newData) {
    clearTimeout(left.timer);
    if (newData.clip.id === left.data.clip.id) {
      left.data = newData;
      left.timer = setTimeout(comeBack, BACK_AFTER);
      return true;
    }
    left = null;
    transport.settle();
    return false;
  }

  function comeBack() {
    const { data: before, seconds, mirrored, timer } = left;
    clearTimeout(timer);
    left = null;
    data = before;
    stopwatch.restart(seconds);
    view.reset();
    transport.comeBack();
    if (mirrored) view.toggleMirror();
    update(before);
  }

  function toggleMirror() {
    view.toggleMirror();
    report();
  }

  // ---- loop

  function bandAt(time) {
    const share = time / transport.duration;
    const covering = data.bands
      .map((band, number) => ({ number, length: band.share[1] - band.share[0], band }))
      .filter(({ band }) => band.share[0] <= share + 1e-6 && share + 1e-6 < band.share[1]);
    covering.sort((one, other) => one.length - other.length);
    return covering[0]?.number ?? null;
  }

  function loopOf(number) {
    const { duration } = transport;
    if (number === null) return { from: 0, to: duration, band: null, title: "the whole clip" };
    const [from, to] = data.bands[number].share;
    return { from: from * duration, to: to * duration, band: number, title: data.bands[number].title };
  }

  function loopBand(number) {
    if (!transport.ready) return;
    transport.playLoop(loopOf(number));
    player.focus();
  }

  function toggleLoop() {
    if (!transport.ready) return;
    if (transport.loop) transport.clearMarks();
    else transport.setLoop(loopOf(bandAt(transport.time)));
  }

  function digitAction(name) {
    if (!/^[0-9]$/.test(name)) return null;
    return () => transport.seek((Number(name) / 10) * transport.duration);
  }

  // ---- drawing

  function changed(what) {
    if (data === null) return;
    if (REPORTED_EVENTS.has(what)) report();
    draw();
    if (transport.isPlaying && !ticking) ticking = requestAnimationFrame(tick);
  }

  function tick() {
    ticking = 0;
    transport.keepInLoop();
    draw();
    if (transport.isPlaying) ticking = requestAnimationFrame(tick);
  }

  function draw() {
    const state = player.state();
    bar.draw({ transport, view });
    timeline.draw(state);
    notice.draw(data.clip, transport);
    frame.hidden = !notice.node.hidden;
    waiting.hidden = !transport.playable || transport.video.readyState > HTMLMediaElement.HAVE_METADATA;
    drawBadges();
    drawStatus();
    tellCaptions(state);
  }

  // Captions hear of a change of place once, not sixty times a second.
  function tellCaptions(state) {
    const now = JSON.stringify([state, transport.duration || null]);
    if (now === told) return;
    told = now;
    announce(key, player);
  }

  function drawBadges() {
    const words = [
      view.mirrored && ["warn", "Mirrored"],
      view.zoomed && ["", `${Number(view.zoom.toFixed(1))}× zoom`],
      transport.loop && ["", `Looping ${transport.loop.title}`],
      !transport.loop && transport.marks.from !== null && ["", "Loop starts at A: > sets its end, q clears"],
      transport.playable && data.clip.title && ["warn", data.clip.title],
      transport.playable && data.clip.note && ["", data.clip.note],
      transport.playable && transport.refused && ["", "Copy: this browser does not play the original"],
    ].filter(Boolean);
    if (badges.textContent === words.map(([, text]) => text).join("")) return;
    badges.replaceChildren(...words.map(([kind, text]) => el("span", { class: `badge ${kind}` }, text)));
  }

  function drawStatus() {
    const parts = [
      transport.playable && `watched ${Math.floor(transport.watched * 100)} %`,
      `${spentText(stopwatch.seconds())} on this clip`,
      transport.nextIsReady && "next clip ready",
    ];
    setText(status, parts.filter(Boolean).join(" · "));
  }

  // ---- report

  // How the clip was watched so far; what has no picture was not watched.
  function viewing() {
    return {
      clip: data.clip.id,
      watched: Number(transport.watched.toFixed(4)),
      seconds: Number(stopwatch.seconds().toFixed(2)),
      mirrored: view.mirrored,
    };
  }

  // `keepalive` lets the last report out even while the page is being left.
  function report() {
    if (!data?.reportUrl || document.hidden) return;
    fetch(data.reportUrl, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(viewing()),
      keepalive: true,
    }).catch(() => {
      // The next report comes in two seconds and says all of this again.
    });
  }

  function unmount() {
    report();
    clearTimeout(left?.timer);
    timers.forEach(clearInterval);
    cancelAnimationFrame(ticking);
    stopwatch.stop();
    releaseKeys(player);
    retire(key, player);
    transport.stop();
    timeline.stop();
    node.remove();
  }

  return player;
}

// Time while the tab is visible: a lunch break with another tab open is no reviewing.
function createStopwatch() {
  let sum = 0;
  let since = performance.now();
  const running = () => (document.hidden ? 0 : performance.now() - since);
  const visibility = () => {
    if (document.hidden) sum += performance.now() - since;
    else since = performance.now();
  };
  document.addEventListener("visibilitychange", visibility);
  return {
    seconds: () => (sum + running()) / 1000,
    restart: (from = 0) => {
      sum = from;
      since = performance.now();
    },
    stop: () => document.removeEventListener("visibilitychange", visibility),
  };
}
