// Opens the page anew when a part of it could not be fetched: the server went down, or was restarted,
// while the page was on its way. Streamlit says so in English and never tries again.
//
// It comes with the page itself (inline), for what is fetched apart may be what is missing. And since
// it is on every page, it says which language the page speaks: Streamlit calls them all English, which
// a screen reader would then read Finnish in.

const FAILED = '.stBidiComponent [data-testid=stAlertContainer]';
const SAYS = 'Failed to load';
const KEY = 'qualcode-opened-anew';
const LOOK_EVERY = 500; // ms
const ASK_EVERY = 1000; // ms
const AGAIN_WITHIN = 60_000; // ms: as many tries as TRIES in this time mean that waiting does not help
const TRIES = 5;

const failures = () => [...document.querySelectorAll(FAILED)]
  .filter((box) => box.textContent.includes(SAYS));

const triesOfLate = () => JSON.parse(sessionStorage.getItem(KEY) ?? '[]')
  .filter((at) => Date.now() - at < AGAIN_WITHIN);

// The page may have taken what a link asks for out of its address already, before it was shown.
function address() {
  const [asked] = performance.getEntriesByType('navigation');
  const here = window.location;
  return asked && new URL(asked.name).pathname === here.pathname ? asked.name : here.href;
}

async function answers() {
  try {
    return (await fetch('_stcore/health', { cache: 'no-store' })).ok;
  } catch (error) {
    console.info('qualcode: no answer yet', error);
    return false;
  }
}

// In the place of Streamlit's own box, once: what happened and what comes next.
function tell(boxes, words) {
  boxes.forEach((box, number) => {
    box.hidden = true;
    if (number || box.parentElement.querySelector('.qc-load-guard')) return;
    const told = document.createElement('p');
    told.className = 'qc-load-guard';
    told.setAttribute('role', 'status');
    told.textContent = words;
    box.after(told);
  });
}

export default function loadGuard({ data }) {
  document.documentElement.lang = data.language;
  let asked = 0;
  let leaving = false;
  const look = async () => {
    const boxes = failures();
    if (leaving || !boxes.length) return;
    const late = triesOfLate();
    const given = late.length >= TRIES;
    tell(boxes, given ? data.given_up : data.waiting);
    if (given || Date.now() - asked < ASK_EVERY) return;
    asked = Date.now();
    if (!(await answers()) || leaving) return;
    leaving = true;
    sessionStorage.setItem(KEY, JSON.stringify([...late, Date.now()]));
    window.location.replace(address());
  };
  const looking = setInterval(look, LOOK_EVERY);
  return () => clearInterval(looking);
}
