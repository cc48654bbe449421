// What htmx leaves to us at the desk. All works without it.


/** Which parts of the page are unfolded, so that they stay so when new text takes their place. @type {Set<string>} */
const unfolded = new Set();

/** @param {ParentNode} root */
const remember = (root) => {
  for (const d of root.querySelectorAll('details[id]')) {
    if (/** @type {HTMLDetailsElement} */ (d).open) unfolded.add(d.id);
    else unfolded.delete(d.id);
  }
};

/** @param {ParentNode} root */
const restore = (root) => {
  for (const d of root.querySelectorAll('details[id]')) {
    if (unfolded.has(d.id)) /** @type {HTMLDetailsElement} */ (d).open = true;
  }
};

/** A log is read from its end. */
const toEnd = () => {
  for (const log of document.querySelectorAll('[role=log]')) log.scrollTop = log.scrollHeight;
};

/** Says that something did not reach the desk, where the page says so. */
const lost = () => {
  const notice = document.getElementById('notice');
  if (notice) notice.textContent = notice.dataset.lost ?? '';
};

document.addEventListener('htmx:beforeSwap', () => remember(document));
document.addEventListener('htmx:afterSettle', () => { restore(document); });
document.addEventListener('htmx:sendError', lost);
document.addEventListener('htmx:responseError', lost);

// A line that came back after a lost stream is not shown twice.
document.addEventListener('htmx:sseBeforeMessage', (e) => {
  const { detail } = /** @type {CustomEvent<{type: string, lastEventId: string}>} */ (e);
  if (detail.type === 'line' && document.getElementById(`line-${detail.lastEventId}`)) e.preventDefault();
});
document.addEventListener('htmx:sseMessage', (e) => {
  const { detail } = /** @type {CustomEvent<{type: string}>} */ (e);
  if (detail.type === 'line') toEnd();
});

// The sitting is over: what the page shows is no longer for whoever sits here now.
document.addEventListener('htmx:sseClose', (e) => {
  if (/** @type {CustomEvent<{type: string}>} */ (e).detail.type === 'message') location.reload();
});

// Ctrl+Enter sends a reply.
document.addEventListener('keydown', (e) => {
  const box = e.target instanceof HTMLTextAreaElement && e.target.form;
  if (box && e.key === 'Enter' && (e.ctrlKey || e.metaKey) && box.classList.contains('reply')) {
    e.preventDefault();
    box.requestSubmit();
  }
});

toEnd();
