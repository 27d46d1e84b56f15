// What a script adds to pages that work without one: a form is sent once, a question opens over the page, a quantity
// steps, the theme turns at once, the trouble of a form is read out.

const busy = (form) => {
  for (const button of form.querySelectorAll("button:not([type=button])")) button.setAttribute("aria-busy", "true");
};

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  if (form.method === "post") {
    form.dataset.sent = "1";
    busy(form);
  }
});

// A page that comes back from the browser's cache can send its forms again.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.forms) delete form.dataset.sent;
  for (const button of document.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
});

document.addEventListener("click", (event) => {
  const step = event.target.closest("[data-step]");
  if (step) {
    const input = step.parentElement.querySelector("input");
    const [least, most] = [Number(input.min || 1), Number(input.max || 1e6)];
    const next = Math.min(most, Math.max(least, Number(input.value || least) + Number(step.dataset.step)));
    if (String(next) !== input.value) {
      input.value = next;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    }
    return;
  }
  const close = event.target.closest("[data-close]");
  if (close) {
    event.preventDefault();
    const details = close.closest("details");
    details.open = false;
    details.querySelector("summary").focus();
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = document.querySelector("details.ask[open]");
  if (open) {
    open.open = false;
    open.querySelector("summary").focus();
  }
});

document.addEventListener("toggle", (event) => {
  // The harmless way out has the focus.
  if (event.target.matches?.("details.ask[open]")) event.target.querySelector("[data-close]")?.focus();
}, true);

document.addEventListener("change", (event) => {
  // A quantity in the cart is sent as it is changed; the button beside it is for pages without script.
  const form = event.target.closest("form[data-send-on-change]");
  if (form) form.requestSubmit();
});

// A text to keep is copied by a button that only a script can serve.
for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value);
    button.textContent = button.dataset.done;
  });
}

for (const button of document.querySelectorAll("form[data-send-on-change] button[data-plain]")) button.hidden = true;
document.getElementById("trouble")?.focus();
