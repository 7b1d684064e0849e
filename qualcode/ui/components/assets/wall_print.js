// The wall on paper or as PDF: A4 across, two by two, through the browser's own print window.
//
// It is built in a frame of its own, so that nothing of the page around it is printed.

import { h } from './dom.js';
import { countOf } from './wall_model.js';

const MOST_TWO_BY_TWO = 16;
const STYLE = `
  @page { size: A4 landscape; margin: 10mm; }
  * { box-sizing: border-box; }
  body { margin: 0; font: 11pt/1.3 "Source Sans Pro", "Source Sans 3", Arial, sans-serif; color: #111; }
  h1 { font-size: 16pt; margin: 0 0 3mm; }
  .fields { columns: 2; column-gap: 6mm; }
  .two-by-two { display: grid; grid-template-columns: 1fr 1fr; gap: 5mm 6mm; align-items: stretch; columns: auto; }
  .two-by-two section { margin: 0; }
  section { border: 0.4mm solid #555; border-radius: 2mm; padding: 3mm; margin: 0 0 5mm; }
  h2 { font-size: 14pt; margin: 0 0 2mm; break-after: avoid; }
  h3 { font-size: 12pt; margin: 2mm 0 1mm; break-after: avoid; }
  .count { font-weight: normal; color: #444; }
  ul { margin: 0; padding: 0 0 0 5mm; }
  li { break-inside: avoid; }
`;

export function printWall(wall, texts) {
  document.querySelector('.qcw-print')?.remove();
  const frame = h('iframe', { class: 'qcw-print', title: texts.print, 'aria-hidden': 'true' });
  Object.assign(frame.style, { position: 'fixed', width: '0', height: '0', border: '0', right: '0', bottom: '0' });
  document.body.append(frame);
  const page = frame.contentDocument;
  page.title = wall.name;
  page.documentElement.lang = document.documentElement.lang;
  page.head.append(h('style', {}, STYLE));
  page.body.append(
    h('h1', {}, wall.name, ' ', h('span', { class: 'count' }, wall.when ?? '')),
    h('div', { class: isSmall(wall) ? 'fields two-by-two' : 'fields' }, ...wall.fields.map((field) => fieldOf(field, texts))),
  );
  frame.contentWindow.focus();
  frame.contentWindow.print();
}

// As on the screen while it fits a page or so. Longer fields flow from column to column, because not
// every browser can break a grid between pages.
const isSmall = (wall) => wall.fields.every((field) => countOf(field) <= MOST_TWO_BY_TWO);

function fieldOf(field, texts) {
  return h(
    'section',
    {},
    h('h2', {}, `${field.title} `, h('span', { class: 'count' }, `(${countOf(field)})`)),
    ...field.groups.flatMap((group) => [
      h('h3', {}, `${group.name} `, h('span', { class: 'count' }, `(${group.notes.length})`)),
      list(group.notes),
    ]),
    field.groups.length > 0 && field.loose.length > 0 ? h('h3', {}, texts.loose) : null,
    list(field.loose),
  );
}

const list = (notes) => h('ul', {}, ...notes.map((note) => h('li', {}, note.text)));
