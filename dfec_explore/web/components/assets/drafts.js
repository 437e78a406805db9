// What a reviewer has entered for a sample and not yet saved. It is kept in the browser at every keystroke, so that
// neither a reload of the page nor a restart of the server loses anything. One store for all modules of the page.

const drafts = (globalThis[Symbol.for("dfec.drafts")] ??= createDrafts());

function createDrafts() {
  const PREFIX = "dfec.draft.";
  const MOST = 200;
  const TAB = randomId();
  const EMPTY = { reasons: [], note: "", correction: "", editing: "", spans: [], parts: {} };
  const records = new Map();
  const veils = new Map();
  const watchers = new Set();
  let name = null;
  let typedHere = false;
  let replaced = null;

  addEventListener("storage", (event) => event.key === PREFIX + name && changedElsewhere(event.newValue));

  // ---- storage; a browser that keeps nothing for this site keeps it as long as the page is open

  function read(key) {
    const nothing = { at: 0, content: EMPTY, attempt: null };
    const known = records.get(key) ?? nothing;
    try {
      const kept = parsed(localStorage.getItem(PREFIX + key)) ?? nothing;
      return kept.at > known.at ? kept : known;
    } catch {
      return known;
    }
  }

  function write(key, record) {
    records.set(key, record);
    try {
      if (isNothing(record)) localStorage.removeItem(PREFIX + key);
      else {
        const isNew = localStorage.getItem(PREFIX + key) === null;
        localStorage.setItem(PREFIX + key, JSON.stringify({ ...record, tab: TAB }));
        if (isNew) forgetOldest();
      }
    } catch {
      // Full or switched off: what is entered lives as long as the page.
    }
    if (isNothing(record)) records.delete(key);
  }

  function forgetOldest() {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
    if (keys.length <= MOST) return;
    const age = (key) => parsed(localStorage.getItem(key))?.at ?? 0;
    const oldest = keys.map((key) => [age(key), key]).sort(([one], [other]) => one - other);
    for (const [, key] of oldest.slice(0, keys.length - MOST)) localStorage.removeItem(key);
  }

  function parsed(text) {
    try {
      const record = JSON.parse(text);
      return record && { at: Number(record.at) || 0, content: { ...EMPTY, ...record.content }, attempt: record.attempt ?? null };
    } catch {
      return null;
    }
  }

  function isNothing({ content, attempt }) {
    return attempt === null && isEmpty(content);
  }

  function isEmpty(content) {
    return JSON.stringify({ ...EMPTY, ...content }) === JSON.stringify(EMPTY);
  }

  // ---- two tabs: the newest wins, and what it replaces can be brought back

  function changedElsewhere(text) {
    // Not from storage: that has the other's already.
    const own = records.get(name) ?? { at: 0, content: EMPTY, attempt: null };
    const other = parsed(text) ?? { at: Date.now(), content: EMPTY, attempt: null };
    if (own.attempt || other.at < own.at) return;
    const isLost = typedHere && !isEmpty(own.content) && !isSame(own.content, other.content);
    if (isLost) replaced = own.content;
    typedHere = false;
    if (isNothing(other)) records.delete(name);
    else records.set(name, other);
    tell();
  }

  function tell() {
    for (const watcher of watchers) watcher();
  }

  // ---- what the modules of the page use

  return {
    get name() {
      return name;
    },
    get content() {
      return name === null ? EMPTY : read(name).content;
    },
    get attempt() {
      return name === null ? null : read(name).attempt;
    },
    // Answers of the server that were taken already.
    told: new Set(),
    // Whether a caption is held back until the clip was watched: "down", then "lifted".
    veil: (key) => veils.get(key) ?? null,
    setVeil(key, how) {
      if (how === null) veils.delete(key);
      else veils.set(key, how);
      tell();
    },
    get replaced() {
      return replaced;
    },
    isEmpty,
    open(newName) {
      if (newName === name) return;
      name = newName;
      typedHere = false;
      replaced = null;
      tell();
    },
    change(part) {
      if (name === null) return;
      typedHere = true;
      const { content, attempt } = read(name);
      write(name, { at: Date.now(), content: { ...content, ...part }, attempt });
      tell();
    },
    // An attempt to save lives beside what was entered until the server has answered.
    setAttempt(attempt) {
      write(name, { ...read(name), at: Date.now(), attempt });
      tell();
    },
    answered(key, row, isSaved, problem) {
      const record = read(key);
      if (record.attempt?.row !== row) return false;
      const isUnchanged = isSame(record.content, record.attempt.content);
      if (isSaved) write(key, { at: Date.now(), content: isUnchanged ? EMPTY : record.content, attempt: null });
      else write(key, { ...record, attempt: { ...record.attempt, problem } });
      tell();
      return true;
    },
    // What a verdict that was taken back had with it; what was entered since stays.
    restore(key, content) {
      if (isEmpty(read(key).content)) write(key, { at: Date.now(), content: { ...EMPTY, ...content }, attempt: null });
      tell();
    },
    forget(key, content) {
      if (isSame(read(key).content, { ...EMPTY, ...content })) write(key, { at: Date.now(), content: EMPTY, attempt: null });
      tell();
    },
    bringBack() {
      const content = replaced;
      replaced = null;
      if (content) this.change(content);
    },
    letGo() {
      replaced = null;
      tell();
    },
    watch(watcher) {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
  };
}

function isSame(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

// `crypto.randomUUID` is only there on secure origins.
function randomId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
