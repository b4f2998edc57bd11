/** Lets a form ask the browser for a passkey before it is sent. */
const ask = {
  create: (options) =>
    navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) }),
  get: (options) => navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) }),
};

export function passkeyForms(root) {
  if (!window.PublicKeyCredential?.parseCreationOptionsFromJSON) return;
  for (const unable of root.querySelectorAll("[data-passkey-unable]")) unable.hidden = true;
  for (const form of root.querySelectorAll('[data-module="passkey"]')) {
    const failed = form.querySelector("[data-passkey-failed]");
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      failed.hidden = true;
      try {
        const answer = await ask[form.dataset.kind](JSON.parse(form.dataset.options));
        form.elements.answer.value = JSON.stringify(answer);
        form.submit();
      } catch {
        failed.hidden = false;
      }
    });
  }
}
