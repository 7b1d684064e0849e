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
//   outbox.pending   operations not yet confirmed, oldest first: apply them to the server's rows
//   outbox.state     'saved' | 'saving' | 'offline' (nothing confirmed for `patience` ms)
//   outbox.close()   stops the timers when the component goes; the copy stays for the next one
//
// Why so: Streamlit keeps only the newest trigger of a component, so one trigger per key press loses
// keys in a burst. Here every message carries all that is pending, in order, and is repeated until
// the server has said "I have all of client c up to n". The server ignores what it has already seen.
//
// After a reload the old page load's operations keep their own client name and numbers and go first.
// A duplicated tab gets a copy of sessionStorage: it repeats the same names and numbers, which does
// nothing, and gives its new work a name of its own.

const RETRY_AFTER = 3000;
const PATIENCE = 5000;

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

  // Only one client's operations travel at a time: after a reload the older page load's go first.
  function batch() {
    return pending.filter((op) => op.client === pending[0].client);
  }

  function flush() {
    clearTimeout(retryTimer);
    if (!pending.length) return;
    const ops = batch();
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

  function changeState() {
    clearTimeout(patienceTimer);
    if (!pending.length) {
      state = 'saved';
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
    const firstClient = pending[0].client;
    pending = pending.filter((op) => !confirmed(op));
    waitingSince = Date.now();
    changed();
    if (!pending.length) clearTimeout(retryTimer);
    else if (pending[0].client !== firstClient) flush();
    return gone.flatMap((op) => {
      const refusal = (refused ?? []).find((r) => r.client === op.client && r.seq === op.seq);
      return refusal ? [{ op, message: refusal.message }] : [];
    });
  }

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
    flush,
    get pending() {
      return pending;
    },
    get state() {
      return state;
    },
  };
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
