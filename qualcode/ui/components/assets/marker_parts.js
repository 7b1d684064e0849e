// The parts that features add to the segment marker, made in this order after the desk's own. One
// line each; a part must not need to come before another.

import { Bookmarks } from './marker_bookmarks.js';
import { Codebook } from './marker_codebook.js';
import { Density } from './marker_density.js';
import { Dragging } from './marker_dragging.js';
import { Facts } from './marker_facts.js';
import { Finding } from './marker_finding.js';
import { Groups } from './marker_groups.js';
import { History } from './marker_history.js';
import { Links } from './marker_links.js';
import { Memos } from './marker_memos.js';
import { Minimap } from './marker_minimap.js';
import { Offers } from './marker_offers.js';
import { Older } from './marker_older.js';
import { Reading } from './marker_reading.js';
import { Stances } from './marker_stances.js';
import { Table } from './marker_table.js';
import { Touch } from './marker_touch.js';

export const PARTS = [
  Bookmarks,
  Codebook,
  Density,
  Dragging,
  Facts,
  Finding,
  Groups,
  History,
  Links,
  Memos,
  Minimap,
  Offers,
  Older,
  Reading,
  Stances,
  Table,
  Touch,
];
