// The caption as a component.

export default function (component) {
  return mountOnce(component, (root) => mountCaption(root));
}
