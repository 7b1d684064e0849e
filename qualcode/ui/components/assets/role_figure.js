// The role map: our own SVG put on the page, its roles made to answer to mouse and keyboard.

const shown = new WeakMap()

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector('.qc-figure')
  let state = shown.get(root)
  if (!state) {
    state = { svg: null, send: null }
    shown.set(root, state)
    root.addEventListener('click', (event) => choose(event.target, state))
    root.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return
      if (!event.target.closest('[data-role]')) return
      event.preventDefault()
      choose(event.target, state)
    })
  }
  state.send = setTriggerValue
  if (state.svg === data.svg) return
  state.svg = data.svg
  const focused = document.activeElement?.closest?.('[data-role]')?.dataset.role
  // Parsed as XML: a name with markup in it was escaped when the figure was drawn and stays text.
  const parsed = new DOMParser().parseFromString(data.svg, 'image/svg+xml').documentElement
  const svg = document.importNode(parsed, true)
  svg.removeAttribute('width')
  svg.removeAttribute('height')
  svg.setAttribute('aria-label', data.label)
  root.replaceChildren(svg)
  if (focused) root.querySelector(`[data-role="${CSS.escape(focused)}"]`)?.focus()
}

function choose(target, state) {
  const role = target.closest('[data-role]')
  if (role) state.send('choose', { role: role.dataset.role })
}
