/** Shows a copy button beside references, and confirms when one has been copied. */
export function copyButtons(root) {
  if (!navigator.clipboard) return;
  for (const copyable of root.querySelectorAll('[data-module="copyable"]')) {
    const button = copyable.querySelector(".copyable__button");
    const status = copyable.querySelector(".copyable__status");
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(copyable.querySelector(".copyable__text").textContent);
      status.textContent = copyable.dataset.copied;
      setTimeout(() => (status.textContent = ""), 4000);
    });
  }
}
