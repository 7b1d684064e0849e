// Asks Streamlit to run the whole page when another component says that nothing answers it:
//
//   window.dispatchEvent(new CustomEvent('qc-wake', { detail: { doc } }))
//
// Why: after a restart of the server the browser connects again to a new session in which the page
// has not run. A component inside a fragment then asks for a fragment that nobody knows, for ever.
// This one stands outside all fragments, so its trigger runs the page.

let ask = null;

window.addEventListener('qc-wake', (event) => ask?.('wake', event.detail));

export default function pageWaker({ setTriggerValue }) {
  ask = setTriggerValue;
  return () => {
    ask = null;
  };
}
