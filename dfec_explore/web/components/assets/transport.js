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
    this.loop = null;
    this.next = null;
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

  // True when another clip was put in; a rerun with the same clip changes nothing. A renewed address of the same clip
  // is only used if the old one has failed.
  show(clip, { autoplay }) {
    const sameClip = this.clip?.id === clip.id;
    const failed = this.failure !== null || !this.clip?.url;
    if (sameClip && (!failed || this.clip.url === clip.url)) {
      this.clip = { ...clip, url: this.clip.url };
      return false;
    }
    this.clip = clip;
    this.forget();
    if (this.standby.dataset.clip === clip.id && !this.standby.error) this.swap();
    else this.load(this.video, clip.url, clip.id);
    if (clip.poster) this.video.poster = clip.poster;
    this.prepare();
    if (autoplay && clip.url && !wantsLessMotion()) this.play();
    if (this.ready) this.opened();
    return true;
  }

  forget() {
    this.loop = null;
    this.pending = null;
    this.failure = null;
  }

  load(video, url, id) {
    video.dataset.clip = id ?? "";
    video.removeAttribute("poster");
    if (url) video.src = url;
    else video.removeAttribute("src");
    video.load();
  }

  // The clip that was loaded ahead comes to the front; the old one lets go of its memory.
  swap() {
    const old = this.video;
    this.video = this.standby;
    this.standby = old;
    this.video.hidden = false;
    old.hidden = true;
    old.pause();
    this.load(old, null, null);
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
    this.prefetch();
  }

  // Only once the present clip has what it needs: the reviewer is watching that one.
  prefetch() {
    if (!this.next || this.next.id === this.clip?.id) return;
    const busy = this.clip?.url && !this.failure && this.video.readyState < HTMLMediaElement.HAVE_FUTURE_DATA;
    if (busy || this.standby.dataset.clip === this.next.id) return;
    this.load(this.standby, this.next.url, this.next.id);
  }

  get nextIsReady() {
    const loaded = this.standby.readyState >= HTMLMediaElement.HAVE_FUTURE_DATA;
    return loaded && this.next !== null && this.standby.dataset.clip === this.next.id;
  }

  async fail() {
    const clip = this.clip;
    if (!clip?.url || this.failure !== null) return;
    this.failure = { status: null };
    this.load(this.video, null, clip.id);
    const status = await statusOf(clip.url);
    if (this.clip?.id !== clip.id) return;
    this.failure = { status };
    this.onChange("error");
  }

  // ---- facts

  get ready() {
    return this.video.readyState >= HTMLMediaElement.HAVE_METADATA;
  }

  get playable() {
    return Boolean(this.clip?.url) && this.failure === null;
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
    if (this.loop && (target < this.loop.from - 1e-3 || target > this.loop.to + 1e-3)) this.loop = null;
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

  playLoop(loop) {
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
