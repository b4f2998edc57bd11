/** Puts a table's frame in the tab order only while there is something to scroll. */
export function scrollRegions(root) {
  const settle = (region) => {
    if (region.scrollWidth > region.clientWidth) region.tabIndex = 0;
    else region.removeAttribute("tabindex");
  };
  const watcher = new ResizeObserver((entries) => entries.forEach(({ target }) => settle(target)));
  for (const region of root.querySelectorAll(".scroll")) watcher.observe(region);
}
