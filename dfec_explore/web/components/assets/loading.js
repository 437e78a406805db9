// Which clip is loaded: two <video> elements, one that is shown and one for what comes next; copies of what this browser
// does not play.

const VIDEO_EVENTS = [
  "play", "pause", "ended", "seeking", "seeked", "timeupdate", "loadedmetadata", "canplay", "waiting", "playing",
  "progress", "volumechange", "ratechange", "error",
];

class Loader {
  constructor(onChange) {
    this.onChange = onChange;
    this.video = this.makeVideo();
    this.standby = this.makeVideo();
    this.standby.hidden = true;
    this.clip = null;
    this.url = null;
    this.autoplay = false;
    this.next = null;
    this.nextUrl = null;
    this.failure = null;
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
  }

  makeVideo() {
    const video = el("video", { playsinline: true, preload: "auto", tabindex: -1, disablepictureinpicture: true });
    for (const name of VIDEO_EVENTS) video.addEventListener(name, (event) => this.happened(event));
    return video;
  }

  get ready() {
    return this.video.readyState >= HTMLMediaElement.HAVE_METADATA;
  }

  get playable() {
    return this.url !== null && this.failure === null;
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
    this.left = this.whatIsKept();
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
