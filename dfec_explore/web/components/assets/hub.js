// Where captions find the player they belong to, wherever on the page the two stand. Player and caption are modules of
// their own, so what they share lies outside of both.

const { players, watchers } = (globalThis[Symbol.for("dfec.players")] ??= { players: new Map(), watchers: new Map() });

function announce(key, player) {
  players.set(key, player);
  tellWatchers(key);
}

function retire(key, player) {
  if (players.get(key) === player) players.delete(key);
  tellWatchers(key);
}

function tellWatchers(key) {
  for (const watcher of watchers.get(key) ?? []) watcher(players.get(key) ?? null);
}

// Returns the function that ends the watching.
function watchPlayer(key, watcher) {
  if (!watchers.has(key)) watchers.set(key, new Set());
  watchers.get(key).add(watcher);
  watcher(players.get(key) ?? null);
  return () => watchers.get(key).delete(watcher);
}

// What the page around the player does on keys of its own: functions from a key event to an action, or null. The one
// listener of the keys asks them before the player, so that no key has two owners.

const pageKeys = (globalThis[Symbol.for("dfec.pageKeys")] ??= new Set());

function pageActionFor(event) {
  for (const actionFor of pageKeys) {
    const action = actionFor(event);
    if (action) return action;
  }
  return null;
}
