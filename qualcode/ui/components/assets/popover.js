// A small box over the answers, near what it speaks of, inside the scrolling list.

export function placeNear(list, box, anchor) {
  list.append(box);
  const frame = list.getBoundingClientRect();
  const left = Math.min(anchor.left - frame.left, list.clientWidth - box.offsetWidth - 12);
  const below = anchor.bottom - frame.top + list.scrollTop + 6;
  const above = anchor.top - frame.top + list.scrollTop - box.offsetHeight - 6;
  const fitsBelow = below + box.offsetHeight <= list.scrollTop + list.clientHeight;
  box.style.left = `${Math.max(8, left)}px`;
  box.style.top = `${fitsBelow || above < list.scrollTop ? below : above}px`;
  const overflow = box.offsetTop + box.offsetHeight + 8 - (list.scrollTop + list.clientHeight);
  if (overflow > 0) list.scrollTop += overflow;
}
