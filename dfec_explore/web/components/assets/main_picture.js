// The buttons that save a chart's picture, as a component.

export default function (component) {
  return mountOnce(component, createPicture);
}
