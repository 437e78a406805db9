// The clip itself: two <video> elements, one playing and one loading what comes next; place, speed and loop.

const SPEEDS = [0.1, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 2];
const SPEED_KEY = "dfec.speed";
const GUESSED_FRAME_RATE = 25;
const VIDEO_EVENTS = [
  "play", "pause", "ended", "seeking", "seeked", "timeupdate", "loadedmetadata", "canplay", "waiting", "playing",
  "progress", "volumechange", "ratechange", "error",
];

class Transport {
  constructor(onChange) {
    this.onChange = onChange;
    this.video = this.makeVideo();
    this.standby = this.makeVideo();
    this.standby.hidden = true;
    this.clip = null;
    this.url = null;
    this.autoplay = false;
    this.loop = null;
    this.marks = { from: null, to: null };
    this.next = null;
    this.nextUrl = null;
    this.refused = false;
    this.left = null;
    this.preparation = new Preparation({
      onChange: () => this.onChange("preparing"),
      onReady: (url) => this.openCopy(url),
    });
    this.nextPreparation = new Preparation({
      ahead: true,
      onReady: (url) => {
        this.nextUrl = url;
        this.prefetch();
      },
    });
    this.pending = null;
    this.failure = null;
    this.speed = rememberedSpeed();
  }

  makeVideo() {
    const video = el("video", { playsinline: true, preload: "auto", tabindex: -1, disablepictureinpicture: true });
    for (const name of VIDEO_EVENTS) video.addEventListener(name, (event) => this.happened(event));
    return video;
  }

  happened(event) {
    if (event.target !== this.video) {
      if (event.type === "canplay" || event.type === "error") this.onChange(event.type);
      return;
    }
    if (event.type === "seeked") this.seekPending();
    if (event.type === "loadedmetadata") this.opened();
    if (event.type === "ended" && this.loop) this.restartLoop();
    if (event.type === "error") this.fail();
    if (event.type === "canplay") this.prefetch();
    if (event.type === "timeupdate") this.keepInLoop();
    this.onChange(event.type);
  }

  // ---- what is played

  // True when another clip was put in; a rerun with the same clip changes nothing. Another address of the same clip is
  // only used where there was none, or the old one has failed.
  show(clip, { autoplay }) {
    const sameClip = this.clip?.id === clip.id;
    this.autoplay = autoplay;
    const keeps = this.playable || this.preparation.isRunning || clip.url === null || clip.url === this.url;
    if (sameClip && keeps) {
      this.clip = clip;
      return false;
    }
    this.clip = clip;
    this.forget();
    if (!sameClip) this.refused = false;
    if (this.standby.dataset.clip === clip.id && !this.standby.error) this.swap();
    else this.open(clip.url);
    if (this.url === null && clip.copy) this.preparation.begin(clip.copy);
    return true;
  }

  forget() {
    this.loop = null;
    this.marks = { from: null, to: null };
    this.pending = null;
    this.failure = null;
    this.preparation.stop();
  }

  open(url) {
    this.url = url;
    this.load(this.video, url, this.clip.id);
    this.start();
  }

  openCopy(url) {
    this.failure = null;
    this.open(url);
    this.onChange("loadedmetadata");
  }

  start() {
    this.prepare();
    if (this.autoplay && this.url && !wantsLessMotion()) this.play();
    if (this.ready) this.opened();
  }

  load(video, url, id) {
    video.dataset.clip = id ?? "";
    if (url) video.src = url;
    else video.removeAttribute("src");
    video.load();
  }

  // The clip that was loaded ahead comes to the front; the old one lets go of its memory.
  swap() {
    this.turnOver();
    this.start();
    this.load(this.standby, null, null);
  }

  turnOver() {
    const old = this.video;
    this.video = this.standby;
    this.standby = old;
    this.url = this.video.getAttribute("src");
    this.video.hidden = false;
    old.hidden = true;
    old.pause();
  }

  // ---- the next clip before the server has said so

  // The clip that is left stays as it is, out of sight, until it is settled what comes.
  goAhead() {
    const { clip, loop, marks, refused } = this;
    this.left = { clip, loop, marks, refused };
    this.clip = this.next;
    this.forget();
    this.refused = false;
    this.turnOver();
    this.start();
  }

  comeBack() {
    this.forget();
    Object.assign(this, this.left);
    this.left = null;
    this.turnOver();
    this.prepare();
    if (this.url === null && this.clip.copy) this.preparation.begin(this.clip.copy);
    // From its beginning, as if it had not been seen.
    this.load(this.standby, this.nextUrl, this.next.id);
  }

  settle() {
    this.left = null;
    this.load(this.standby, null, null);
  }

  // Speech biases the judge: every clip starts muted.
  prepare() {
    this.video.muted = true;
    this.standby.muted = true;
    this.applySpeed();
  }

  opened() {
    this.applySpeed();
    if (this.ready && this.video.videoWidth === 0) this.fail();
  }

  expect(next) {
    this.next = next;
    this.nextUrl = next?.url ?? null;
    if (next?.copy && !next.url) this.nextPreparation.begin(next.copy);
    else this.nextPreparation.stop();
    this.prefetch();
  }

  // Only once the present clip has what it needs: the reviewer is watching that one.
  prefetch() {
    if (!this.nextUrl || this.next.id === this.clip?.id) return;
    if (this.left) return;
    const busy = this.playable && this.video.readyState < HTMLMediaElement.HAVE_FUTURE_DATA;
    if (busy || this.standby.dataset.clip === this.next.id) return;
    this.load(this.standby, this.nextUrl, this.next.id);
  }

  get nextIsReady() {
    const loaded = this.standby.readyState >= HTMLMediaElement.HAVE_FUTURE_DATA;
    return loaded && this.next !== null && this.standby.dataset.clip === this.next.id;
  }

  async fail() {
    const { clip, url } = this;
    if (!url || this.failure !== null) return;
    this.failure = { status: null };
    this.load(this.video, null, clip.id);
    const status = await statusOf(url);
    if (this.clip?.id !== clip.id || this.url !== url) return;
    this.failure = { status };
    if (this.mayUseCopy(url, status)) this.fallBack(status);
    this.onChange("error");
  }

  // A copy that is gone was removed to make room. One that this browser refuses too is not asked for again.
  mayUseCopy(url, status) {
    if (!this.clip.copy || this.refused) return false;
    return url === this.clip.copy.url ? status === 404 : status < 400 && status > 0;
  }

  fallBack(status) {
    this.refused = status < 400;
    this.failure = null;
    this.url = null;
    this.preparation.begin(this.clip.copy);
  }

  // ---- facts

  get ready() {
    return this.video.readyState >= HTMLMediaElement.HAVE_METADATA;
  }

  get playable() {
    return this.url !== null && this.failure === null;
  }

  get duration() {
    return Number.isFinite(this.video.duration) ? this.video.duration : (this.clip?.facts?.duration ?? NaN);
  }

  get frameRate() {
    return this.clip?.facts?.frameRate || null;
  }

  get frameTime() {
    return 1 / (this.frameRate ?? GUESSED_FRAME_RATE);
  }

  get time() {
    return this.pending ?? this.video.currentTime;
  }

  // Counted from 0, as decoders count.
  get frame() {
    return Math.floor(this.time / this.frameTime + 1e-3);
  }

  get isPlaying() {
    return this.playable && !this.video.paused && !this.video.ended;
  }

  // The browser keeps the union of the stretches that were really played.
  get playedRanges() {
    const { played } = this.video;
    return Array.from({ length: played.length }, (_, number) => [played.start(number), played.end(number)]);
  }

  get watched() {
    if (!(this.duration > 0)) return 0;
    const seconds = this.playedRanges.reduce((sum, [from, to]) => sum + to - from, 0);
    const share = seconds / this.duration;
    return share > 0.995 ? 1 : share;
  }

  // ---- transport

  play() {
    if (!this.playable) return;
    this.video.play().catch(() => this.onChange("pause"));
  }

  togglePlay() {
    if (this.isPlaying) this.video.pause();
    else this.play();
  }

  // A seek that comes while another is under way waits for it; of several the last one counts.
  seek(seconds) {
    if (!this.ready || !this.playable) return;
    const target = clamp(seconds, 0, Math.max(0, this.duration - this.frameTime / 2));
    if (this.loop && (target < this.loop.from - 1e-3 || target > this.loop.to + 1e-3)) this.clearMarks();
    if (this.video.seeking) this.pending = target;
    else this.video.currentTime = target;
    this.onChange("seeking");
  }

  seekPending() {
    if (this.pending === null) return;
    const target = this.pending;
    this.pending = null;
    this.video.currentTime = target;
  }

  // The middle of a frame is sure to show that frame; its edges are not.
  step(frames) {
    this.video.pause();
    this.seek((this.frame + frames + 0.5) * this.frameTime);
  }

  skip(seconds) {
    this.seek(this.time + seconds);
  }

  changeSpeed(direction) {
    const nearest = SPEEDS.reduce((best, speed) =>
      Math.abs(speed - this.speed) < Math.abs(best - this.speed) ? speed : best,
    );
    this.speed = SPEEDS[clamp(SPEEDS.indexOf(nearest) + direction, 0, SPEEDS.length - 1)];
    rememberSpeed(this.speed);
    this.applySpeed();
  }

  applySpeed() {
    this.video.defaultPlaybackRate = this.speed;
    this.video.playbackRate = this.speed;
  }

  toggleMuted() {
    this.video.muted = !this.video.muted;
  }

  // ---- loop

  setLoop(loop) {
    this.loop = loop;
    if (loop) this.keepInLoop();
    this.onChange("loop");
  }

  // One end of a loop of one's own (A or B), here. With both ends it loops; a start behind the end begins anew.
  mark(end) {
    if (!this.ready || !this.playable) return;
    this.marks = { ...this.marks, [end]: this.time };
    const { from, to } = this.marks;
    if (end === "to" && from === null) this.marks.from = 0;
    else if (from !== null && to !== null && to - from < this.frameTime) this.marks[end === "to" ? "from" : "to"] = null;
    const isWhole = this.marks.from !== null && this.marks.to !== null;
    this.setLoop(isWhole ? { ...this.marks, band: null, title: "A–B" } : null);
  }

  clearMarks() {
    this.marks = { from: null, to: null };
    this.setLoop(null);
  }

  playLoop(loop) {
    this.marks = { from: null, to: null };
    this.loop = null;
    this.seek(loop.from);
    this.loop = loop;
    this.play();
    this.onChange("loop");
  }

  // Half a frame early: the first frame after the loop is never shown.
  keepInLoop() {
    if (!this.loop || this.video.seeking || this.pending !== null) return;
    const late = this.video.currentTime >= this.loop.to - this.frameTime / 2;
    if (late && !this.video.paused) this.seek(this.loop.from);
  }

  restartLoop() {
    this.seek(this.loop.from);
    this.play();
  }

  stop() {
    this.preparation.stop();
    this.nextPreparation.stop();
    for (const video of [this.video, this.standby]) {
      video.pause();
      this.load(video, null, null);
    }
  }
}

// Why a clip does not play: refused by the server (its status), or by the browser's decoder (200 or 206).
async function statusOf(url) {
  try {
    const answer = await fetch(url, { headers: { Range: "bytes=0-0" } });
    await answer.body?.cancel();
    return answer.status;
  } catch {
    return 0;
  }
}

function rememberedSpeed() {
  try {
    const speed = Number(localStorage.getItem(SPEED_KEY));
    return SPEEDS.includes(speed) ? speed : 1;
  } catch {
    return 1;
  }
}

function rememberSpeed(speed) {
  try {
    localStorage.setItem(SPEED_KEY, String(speed));
  } catch {
    // A browser that keeps nothing for this site: the speed holds until the page is left.
  }
}
