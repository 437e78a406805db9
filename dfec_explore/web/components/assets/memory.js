// Texts in the browser's storage: written when Python sends one, read when Python asks, which it does with null. What
// belongs to this tab alone survives a reload of the page, but not the end of the tab.

export default function ({ data, setStateValue }) {
  const kept = {};
  for (const [name, { value, isForTab }] of Object.entries(data.texts)) {
    kept[name] = rememberOrRecall(`dfec.${name}`, value, isForTab);
  }
  if (Object.values(data.texts).some(({ value }) => value === null)) setStateValue("kept", kept);
}

function rememberOrRecall(name, value, isForTab) {
  try {
    const storage = isForTab ? sessionStorage : localStorage;
    if (value === null) return storage.getItem(name) ?? "";
    if (value === "") storage.removeItem(name);
    else storage.setItem(name, value);
  } catch {
    // A browser that keeps nothing for this site: there is nothing to remember, and nothing is wrong.
  }
  return value ?? "";
}
