// Small helpers for building the grouping board's page. Texts go in as text, never as markup.

import { h } from './dom.js';

/** `element('button', 'qcb-x', { type: 'button', title }, 'text', child)` */
export function element(tag, className = '', attributes = {}, ...children) {
  return h(tag, { class: className || null, ...attributes }, ...children);
}

export function button(className, label, attributes = {}) {
  return element('button', className, { type: 'button', ...attributes }, label);
}

/** null, undefined and false take the attribute away; true sets an empty one. */
export function setAttribute(target, name, value) {
  if (value == null || value === false) {
    if (target.hasAttribute(name)) target.removeAttribute(name);
  } else {
    const text = value === true ? '' : String(value);
    if (target.getAttribute(name) !== text) target.setAttribute(name, text);
  }
}

/** Writes only when it changes: an unchanged node costs no layout. */
export function setText(target, text) {
  if (target.textContent !== text) target.textContent = text;
}

/** Makes `wanted` the children of `parent`; what is there already stays, so nothing jumps. */
export function syncChildren(parent, wanted) {
  const keep = new Set(wanted);
  for (const child of [...parent.childNodes]) if (!keep.has(child)) child.remove();
  let next = parent.firstChild;
  for (const child of wanted) {
    if (child === next) next = next.nextSibling;
    else parent.insertBefore(child, next);
  }
}

/** What lies in sessionStorage under `key`; it survives a page change but not the window. */
export function remembered(key, otherwise) {
  try {
    return JSON.parse(sessionStorage.getItem(key)) ?? otherwise;
  } catch (error) {
    console.warn('qualcode: the remembered view could not be read', error);
    return otherwise;
  }
}

export function remember(key, value) {
  try {
    sessionStorage.setItem(key, JSON.stringify(value));
  } catch (error) {
    // A full or forbidden sessionStorage costs the remembered view only.
    console.warn('qualcode: the view could not be remembered', error);
  }
}
