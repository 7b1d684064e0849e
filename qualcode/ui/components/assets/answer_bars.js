// Bars of closed answers: our own SVG put on the page, in the colours of the page's text.

const shown = new WeakMap()

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector('.qc-bars')
  if (shown.get(root) === data.svg) return
  shown.set(root, data.svg)
  // Parsed as XML: markup in a question was escaped when the figure was drawn and stays text.
  const parsed = new DOMParser().parseFromString(data.svg, 'image/svg+xml').documentElement
  const svg = document.importNode(parsed, true)
  svg.removeAttribute('width')
  svg.removeAttribute('height')
  svg.setAttribute('aria-label', data.label)
  root.replaceChildren(svg)
}
