let before = '';

// In the capture phase: whoever is told of the new address may ask for the old one.
window.addEventListener(
  'hashchange',
  ({ oldURL }) => {
    if (oldURL) before = new URL(oldURL).hash;
  },
  { capture: true },
);

/** The address within the page that was left last, such as `#/review`; '' before any was. */
export const cameFrom = () => before;
