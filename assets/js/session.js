/** Warns the person before their session ends and lets them stay signed in. What they typed stays on the page. */
const WARN_BEFORE = 300;

export function sessionWarning(root) {
  const warning = root.querySelector('[data-module="session"]');
  if (!warning) return;
  const [soon, over, problem] = ["soon", "over", "problem"].map((name) => warning.querySelector(`[data-session-${name}]`));
  let ends;
  let timer;
  const show = (part) => {
    warning.hidden = part === undefined;
    for (const each of [soon, over, problem]) each.hidden = each !== part;
  };
  const look = () => {
    const left = (ends - Date.now()) / 1000;
    const part = left <= 0 ? over : left <= WARN_BEFORE ? soon : undefined;
    if (part !== warning.shown) show((warning.shown = part));
    clearTimeout(timer);
    if (left > 0) timer = setTimeout(look, Math.min(left > WARN_BEFORE ? left - WARN_BEFORE : left, 60000) * 1000 + 500);
  };
  const lasts = (seconds) => {
    ends = Date.now() + seconds * 1000;
    look();
  };
  warning.querySelector("button").addEventListener("click", async () => {
    try {
      const answer = await fetch(warning.dataset.renewal, {
        method: "POST",
        body: new URLSearchParams({ csrf_token: warning.dataset.token }),
        redirect: "error",
      });
      if (!answer.ok) throw new Error(answer.statusText);
      lasts((await answer.json()).seconds);
    } catch {
      show(problem);
    }
  });
  document.addEventListener("visibilitychange", look);
  lasts(Number(warning.dataset.seconds));
}
