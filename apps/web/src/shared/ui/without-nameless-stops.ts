/** The second scroll bar that Cloudscape gives a wide table at the bottom of the window. */
const SCROLL_BARS = '[class*="awsui_sticky-scrollbar_"]:not([tabindex])'

/**
 * Takes out of the keyboard's way what has no name and does nothing that another stop does not: a browser stops at whatever
 * scrolls, and the table itself is one of its stops. By Tab, as tables come and go with what the pages show.
 * @param signal ends it
 */
export function withoutNamelessStops(signal?: AbortSignal): void {
  const onKeyDown = ({ key }: KeyboardEvent) => {
    if (key !== 'Tab') return
    for (const bar of document.querySelectorAll<HTMLElement>(SCROLL_BARS)) bar.tabIndex = -1
  }
  window.addEventListener('keydown', onKeyDown, { capture: true, ...(signal && { signal }) })
}
