// Elements from plain values. Data goes in as text only, never as markup: an answer may hold "<img
// onerror=...>", and these components run in the page itself.

// h('button', {class: 'x', onclick: f, 'aria-label': 'y'}, 'text', child, ...) -> element.
// Names with a small letter after "on" are listeners; null, false and undefined are left out.
export function h(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (key === 'style') for (const [k, v] of Object.entries(value)) element.style.setProperty(k, v);
    else element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

// "Answer {n} of {total}" with its holes filled.
export function fill(template, values) {
  return template.replace(/\{(\w+)\}/gu, (hole, name) => String(values[name] ?? hole));
}

// The beginning of a text on one line, for a status line or an announcement.
export function brief(text, length = 60) {
  const line = text.replace(/\s+/gu, ' ').trim();
  return line.length > length ? `${line.slice(0, length - 1).trimEnd()}…` : line;
}

// Runs `end` if the element has left the page. For the function a component gives back to Streamlit,
// which calls it when the component goes - and also when newer data has overtaken older in a burst,
// while the component stays. Ending it then would lose the place and the selection.
export function whenGone(element, end) {
  setTimeout(() => {
    if (!element.isConnected) end();
  }, 0);
}

// Nothing else has the focus, or the link that led here: the keys should work at once.
export function cameByNavigation() {
  const focused = document.activeElement;
  return !focused || focused === document.body || focused.matches('a[href]');
}
