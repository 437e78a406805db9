// All that Streamlit carries with every mount of a component: it fetches the component's module once, and hands each
// mount on to it. The server puts the module's address here.

const modules = (globalThis[Symbol.for("dfec.modules")] ??= new Map());
const address = new URL("MODULE", document.baseURI).href;

export default function (component) {
  const known = modules.get(address);
  if (typeof known === "function") return known(component);
  const loading = known ?? import(address).then((module) => module.default);
  modules.set(address, loading);
  let end = null;
  let isOver = false;
  loading.then(
    (mount) => {
      modules.set(address, mount);
      if (!isOver) end = mount(component);
    },
    // The next mount tries again.
    () => modules.delete(address),
  );
  return () => {
    isOver = true;
    end?.();
  };
}
