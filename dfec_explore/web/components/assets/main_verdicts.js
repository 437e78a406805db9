// The bar of verdicts as a component.

export default function (component) {
  return mountOnce(component, createVerdicts);
}
