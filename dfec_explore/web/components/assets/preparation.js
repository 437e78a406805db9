// A copy of a clip that this browser can play: asks the server for it, and how far it is, until it is there.

const ASK_EVERY = 500;
const ASK_AHEAD_EVERY = 1500;

class Preparation {
  // `ahead`: of a clip that comes later; it is only asked for, the server makes it when there is time.
  constructor({ onChange = () => {}, onReady, ahead = false }) {
    Object.assign(this, { onChange, onReady, ahead });
    this.copy = null;
    this.state = null;
    this.timer = 0;
  }

  get isRunning() {
    return this.copy !== null;
  }

  begin(copy) {
    if (this.copy?.preparing === copy.preparing) return;
    this.stop();
    this.copy = copy;
    this.state = { state: "preparing", percent: 0, reason: "" };
    this.ask("GET");
  }

  // Once more, after a failure.
  tryAgain() {
    this.state = { state: "preparing", percent: 0, reason: "" };
    this.onChange();
    this.ask("POST");
  }

  stop() {
    clearTimeout(this.timer);
    this.copy = null;
    this.state = null;
  }

  async ask(method) {
    const { copy } = this;
    const answer = await copyState(copy.preparing + (this.ahead ? "?ahead=1" : ""), method);
    if (this.copy !== copy) return;
    this.state = answer;
    if (answer.state === "ready") {
      this.stop();
      this.onReady(copy.url);
      return;
    }
    if (answer.state !== "failed") this.timer = setTimeout(() => this.ask("GET"), this.ahead ? ASK_AHEAD_EVERY : ASK_EVERY);
    this.onChange();
  }
}

async function copyState(url, method) {
  try {
    const answer = await fetch(url, { method });
    if (answer.ok) return await answer.json();
    const reason = answer.status === 403 ? "The link is no longer valid. Reload the page." : await answer.text();
    return { state: "failed", percent: 0, reason };
  } catch {
    return { state: "failed", percent: 0, reason: "The server does not answer. Check that the app is running." };
  }
}
