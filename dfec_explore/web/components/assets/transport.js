// The clip itself: place, speed and loop.

const SPEEDS = [0.1, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 2];
const SPEED_KEY = "dfec.speed";
const GUESSED_FRAME_RATE = 25;
const NO_MARKS = Object.freeze({ from: null, to: null });

class Transport extends Loader {
  constructor(onChange) {
    super(onChange);
    this.loop = null;
    this.marks = NO_MARKS;
    this.pending = null;
    this.speed = rememberedSpeed();
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

  // What belongs to one clip alone.
  forget() {
    super.forget();
    this.loop = null;
    this.marks = NO_MARKS;
    this.pending = null;
  }

  whatIsKept() {
    const { clip, loop, marks, refused } = this;
    return { clip, loop, marks, refused };
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

  // ---- facts

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

  // A seek that comes while another is under way waits for it; of several the last one counts, also over one that has
  // waited until now: the browser is done with a seek before it says so.
  seek(seconds) {
    if (!this.ready || !this.playable) return;
    const target = clamp(seconds, 0, Math.max(0, this.duration - this.frameTime / 2));
    if (this.loop && (target < this.loop.from - 1e-3 || target > this.loop.to + 1e-3)) this.clearMarks();
    this.pending = this.video.seeking ? target : null;
    if (this.pending === null) this.video.currentTime = target;
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
    this.marks = NO_MARKS;
    this.setLoop(null);
  }

  playLoop(loop) {
    this.marks = NO_MARKS;
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
