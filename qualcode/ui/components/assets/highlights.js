// A stretch of text with its marks as nodes: plain text between, a <mark> where codes or reductions lie.

import { h } from './dom.js';
import { flatten } from './marks.js';

// The marks of an answer for painting: codings with the colour of their code, reductions without one.
export function coloured(spans, links, codes) {
  return [
    ...spans.map((span) => ({ ...span, colour: codes.get(span.code)?.colour })),
    ...links.map((link) => ({ ...link, colour: null })),
  ];
}

// What the marks of a stretch look like, as one string: equal strings need no repaint.
export function looksOf(marks, name) {
  return marks.map((m) => [m.id, m.start, m.end, m.colour, name(m)].join(' ')).join('|');
}

// The nodes of text[start, end]; `marks` are those that touch it, `name` what a mark is called.
export function nodesOf(text, start, end, marks, name) {
  const local = marks.map((mark) => ({
    ...mark,
    start: Math.max(mark.start, start) - start,
    end: Math.min(mark.end, end) - start,
  }));
  return flatten(local, end - start).map((piece) => {
    const words = text.slice(start + piece.start, start + piece.end);
    return piece.spans.length ? highlight(words, piece.spans, name) : document.createTextNode(words);
  });
}

function highlight(text, marks, name) {
  const colours = marks.filter((mark) => mark.colour).map((mark) => mark.colour);
  const element = h('mark', {
    class: 'qc-mark',
    'data-ids': marks.map((mark) => mark.id).join(' '),
    title: marks.map(name).join(' · '),
  }, text);
  if (colours.length) {
    const band = (colour, i) => {
      const tint = `color-mix(in srgb, ${colour} var(--qc-tint), transparent)`;
      return `${tint} ${(i * 100) / colours.length}% ${((i + 1) * 100) / colours.length}%`;
    };
    element.style.backgroundImage = `linear-gradient(${colours.map(band).join(', ')})`;
  }
  if (marks.some((mark) => mark.wording !== undefined)) element.classList.add('qc-is-reduced');
  return element;
}
