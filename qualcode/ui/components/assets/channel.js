// The direct channel: questions to the server that run no page (see qualcode/ui/channel).
//
//   const channel = createChannel({ wake });
//   channel.open({ path, token })     where to ask and the name of this window's desk: from the page
//   channel.ask(verb, body)           -> Promise of the reply; rejects with a ChannelError, whose
//     kind is 'gone'     the server does not know the desk any more (it was restarted, or the session
//                        ended): the page is woken and opens the channel anew
//             'refused'  the server's own reason, a sentence for the person, is in `message`
//             'lost'     no answer, or none that makes sense: worth another try a little later
//             'broken'   the server met an error, or does not take such a question at all
//             'left'     who asked does not wait any more: they aborted the `signal` they gave
//   channel.ask(verb, body, { signal })
//   channel.token                     null until the channel is open
//
// Nothing is repeated here: who asks knows whether an answer is still wanted.

const PATIENCE = 15_000; // ms without an answer
const WAKE_AGAIN_AFTER = 3000; // ms
const AWAY = [502, 503, 504]; // what stands before the server says that it is not there just now
const DESK = 'X-Qualcode-Desk';

export class ChannelError extends Error {
  constructor(kind, message) {
    super(message);
    this.kind = kind;
  }
}

export function createChannel({
  wake,
  fetch = (...what) => globalThis.fetch(...what),
  patience = PATIENCE,
  now = () => performance.now(),
}) {
  let path = '';
  let token = null;
  let wokenAt = -Infinity;

  function open(place) {
    ({ path, token } = place);
  }

  async function ask(verb, body = {}, { signal } = {}) {
    if (!token) throw new ChannelError('lost', 'the channel is not open yet');
    const asked = token;
    const response = await request(verb, body, signal);
    if (response.status === 410) {
      if (asked === token) wakePage();
      throw new ChannelError('gone', 'the desk is not known any more');
    }
    const reply = await response.json().catch(() => null);
    if (signal?.aborted) throw new ChannelError('left', 'nobody waits any more');
    if (response.status === 409 && reply?.error) throw new ChannelError('refused', reply.error);
    if (!response.ok || !reply) {
      const kind = response.status >= 400 && !AWAY.includes(response.status) ? 'broken' : 'lost';
      throw new ChannelError(kind, `status ${response.status}`);
    }
    return reply;
  }

  async function request(verb, body, signal) {
    try {
      return await fetch(path + verb, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', [DESK]: token },
        body: JSON.stringify(body),
        credentials: 'same-origin',
        cache: 'no-store',
        signal: AbortSignal.any([AbortSignal.timeout(patience), signal].filter(Boolean)),
      });
    } catch (error) {
      if (signal?.aborted) throw new ChannelError('left', 'nobody waits any more');
      throw new ChannelError('lost', String(error));
    }
  }

  // A page that was just asked to run needs a while before it can open the channel.
  function wakePage() {
    if (now() - wokenAt < WAKE_AGAIN_AFTER) return;
    wokenAt = now();
    wake();
  }

  return {
    open,
    ask,
    get token() {
      return token;
    },
  };
}
