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
