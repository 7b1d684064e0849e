// The outbox: what a person did and the server has not yet confirmed.
//
//   const outbox = createOutbox({ client, storageKey, send, onChange });
//
//   client      a name for this page load; default: a new random one
//   storageKey  where the copy that survives a reload lies in sessionStorage. Put the study's id in
//               it, so that work of one study is never sent to another:  `qc-marker-${study}`
//   send        (ops, client) => void. Hands operations to Python; may do nothing or lose them:
//               send: (ops, client) => setTriggerValue('ops', { client, ops })
//   wake        () => void. Called now and then while nothing is confirmed: a restarted server knows
//               nothing of this page until the page has run (see page_waker.js)
//   onChange    (state) => void. Called when `pending` or `state` changes: repaint from `pending`.
//
//   outbox.act({ op: 'code', id, ... })    gives it `seq`, keeps, paints and sends it; returns it.
//               Fields whose name begins with _ serve the browser's own view and are not sent.
//   outbox.acknowledge(data.ack, data.refused)
//               call with every `data` that comes from Python. `ack` is {client: seq}, `refused` is
//               [{client, seq, message}]. Returns the operations now refused, each once:
//               [{op, message}] - they are out of `pending`, so a repaint rolls them back.
//   outbox.failed()  the server met an error with what was sent: it is tried again a few times, ever
//               more seldom and one operation at a time, so that only the one it cannot take waits
//   outbox.tryAgain()   after that has been given up: from the beginning
//   outbox.leaveOut()   gives up the first operation, so that the others can be saved; returns it
//   outbox.pending   operations not yet confirmed, oldest first: apply them to the server's rows
//   outbox.state     'saved' | 'saving' | 'offline' (nothing confirmed for `patience` ms) | 'stopped'
//               (the server met an error too often: a person has to say what now)
//   outbox.close()   stops the timers when the component goes; the copy stays for the next one
//
// Why so: Streamlit keeps only the newest trigger of a component, so one trigger per key press loses
// keys in a burst. Here every message carries what is pending, in order, and is repeated until the
// server has said "I have all of client c up to n". The server ignores what it has already seen. What
// has gathered in hours without a connection travels in pieces, each well within the server's limits.
//
// After a reload the old page load's operations keep their own client name and numbers and go first.
// A duplicated tab gets a copy of sessionStorage: it repeats the same names and numbers, which does
// nothing, and gives its new work a name of its own.

const RETRY_AFTER = 3000;
const PATIENCE = 5000;
const MOST_AT_ONCE = 500; // operations
const MOST_BYTES = 400_000; // of them; one alone may be longer
const ERROR_PAUSES = [1000, 2000, 4000, 8000, 15_000, 30_000]; // ms before another try

export function createOutbox({
  client = crypto.randomUUID(),
  storageKey,
  send,
  onChange = () => {},
  wake = () => {},
  retryAfter = RETRY_AFTER,
  patience = PATIENCE,
  storage = globalThis.sessionStorage,
}) {
  let pending = restore(storage, storageKey);
  let seq = 0;
  let state = 'saved';
  let waitingSince = 0;
  let woken = false;
  let retryTimer = 0;
  let patienceTimer = 0;
  let errors = 0; // of the server, one after another
  let holding = false; // until the pause after an error is over
  let lastSent = null;

  // Only one client's operations travel at a time: after a reload the older page load's go first.
  function batch() {
    const most = errors ? 1 : MOST_AT_ONCE;
    const ops = [];
    let bytes = 0;
    for (const op of pending) {
      if (op.client !== pending[0].client || ops.length === most) break;
      bytes += sizeOf(op);
      if (ops.length && bytes > MOST_BYTES) break;
      ops.push(op);
    }
    return ops;
  }

  function flush() {
    if (holding) return;
    clearTimeout(retryTimer);
    if (!pending.length) return;
    const ops = batch();
    lastSent = ops.at(-1);
    retryTimer = setTimeout(retry, retryAfter);
    send(ops.map(forServer), ops[0].client);
  }

  // By turns: a trigger sent in the same moment as another would replace it.
  function retry() {
    woken = state === 'offline' && !woken;
    if (!woken) flush();
    else {
      retryTimer = setTimeout(retry, retryAfter);
      wake();
    }
  }

  function failed() {
    clearTimeout(retryTimer);
    errors += 1;
    holding = true;
    if (errors > ERROR_PAUSES.length) changed();
    else retryTimer = setTimeout(release, ERROR_PAUSES[errors - 1]);
  }

  function release() {
    holding = false;
    flush();
  }

  function tryAgain() {
    clearTimeout(retryTimer);
    errors = 0;
    waitingSince = Date.now();
    changed();
    release();
  }

  function leaveOut() {
    const [first] = pending;
    pending = pending.slice(1);
    tryAgain();
    return first;
  }

  function changeState() {
    clearTimeout(patienceTimer);
    if (!pending.length) {
      state = 'saved';
      return;
    }
    if (errors > ERROR_PAUSES.length) {
      state = 'stopped';
      return;
    }
    const left = waitingSince + patience - Date.now();
    state = left <= 0 ? 'offline' : 'saving';
    if (left > 0) {
      patienceTimer = setTimeout(() => {
        changeState();
        onChange(state);
      }, left + 1);
    }
  }

  function changed() {
    keep(storage, storageKey, pending);
    changeState();
    onChange(state);
  }

  function act(op) {
    if (!pending.length) waitingSince = Date.now();
    const numbered = { ...op, seq: ++seq, client };
    pending = [...pending, numbered];
    changed();
    flush();
    return numbered;
  }

  function acknowledge(ack = {}, refused = []) {
    const confirmed = (op) => op.seq <= (ack?.[op.client] ?? 0);
    const gone = pending.filter(confirmed);
    if (!gone.length) {
      // The page has run again, but not because of what waits here.
      if (woken) flush();
      woken = false;
      return [];
    }
    pending = pending.filter((op) => !confirmed(op));
    waitingSince = Date.now();
    errors = 0;
    holding = false;
    changed();
    if (!pending.length) clearTimeout(retryTimer);
    else if (!wasSent(pending[0])) flush();
    return gone.flatMap((op) => {
      const refusal = (refused ?? []).find((r) => r.client === op.client && r.seq === op.seq);
      return refusal ? [{ op, message: refusal.message }] : [];
    });
  }

  const wasSent = (op) => op.client === lastSent?.client && op.seq <= lastSent.seq;

  function close() {
    clearTimeout(retryTimer);
    clearTimeout(patienceTimer);
  }

  if (pending.length) {
    waitingSince = Date.now();
    changeState();
    retryTimer = setTimeout(retry, 0);
  }

  return {
    client,
    act,
    acknowledge,
    close,
    failed,
    flush,
    leaveOut,
    tryAgain,
    get pending() {
      return pending;
    },
    get state() {
      return state;
    },
  };
}

// Bytes of the operation in a message; a letter of JSON may take three.
function sizeOf(op) {
  const text = JSON.stringify(forServer(op));
  return text.length < 1000 ? text.length * 3 : new TextEncoder().encode(text).length;
}

function forServer(op) {
  return Object.fromEntries(
    Object.entries(op).filter(([name]) => name !== 'client' && !name.startsWith('_')),
  );
}

// --- the copy that survives a reload ---

function restore(storage, key) {
  const kept = storage?.getItem(key);
  if (!kept) return [];
  try {
    return JSON.parse(kept).filter((op) => op.client && op.seq && op.op);
  } catch (error) {
    console.warn('qualcode: the copy of unsaved work could not be read', error);
    return [];
  }
}

function keep(storage, key, pending) {
  try {
    if (pending.length) storage?.setItem(key, JSON.stringify(pending));
    else storage?.removeItem(key);
  } catch (error) {
    // A full or forbidden sessionStorage costs the copy only; the work itself is sent as usual.
    console.warn('qualcode: no copy of unsaved work could be kept', error);
  }
}
