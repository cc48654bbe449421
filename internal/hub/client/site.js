// On every page: leave at once, and leave no trail of our pages behind.
// It is served as it stands; it imports nothing.

/** Where Exit leads: on a copy of the site straight away from it. */
const away = /** @type {HTMLAnchorElement | null} */ (document.querySelector("a.exit"))?.href ?? "/exit";

/** Within another's page; it can be led away, but not read. */
const framed = self !== top;

/** Leaves: blank first, then away, and only then word to the chat, which tells the server. */
function leave() {
  document.documentElement.replaceChildren();
  go();
  document.dispatchEvent(new Event("left"));
}

function go() {
  (framed && top ? top : self).location.replace(away);
}

let gone = false;
let presses = /** @type {number[]} */ ([]);

addEventListener("keydown", (event) => {
  if (event.key !== "Shift") {
    presses = []; // a capital letter is not a wish to leave
    return;
  }
  if (event.repeat) return;
  presses = [...presses.filter((at) => event.timeStamp - at <= 5000), event.timeStamp];
  if (presses.length >= 3) exit();
}, true);

function exit() {
  if (gone) return;
  gone = true;
  leave();
}

addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (!link || event.defaultPrevented) return;
  if (link.classList.contains("exit")) {
    event.preventDefault();
    exit();
    return;
  }
  const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  if (plain && !framed && link.origin === location.origin && !link.target && !link.hasAttribute("download")) {
    event.preventDefault();
    location.replace(link.href);
  }
}, true);

// A page that the browser kept whole and shows again, by Back, shows nothing and asks the server anew.
addEventListener("pageshow", (event) => {
  if (!event.persisted && !gone) return;
  document.documentElement.replaceChildren();
  if (gone) go();
  else location.reload();
});
