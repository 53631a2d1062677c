/** Narrower than a character of the list's font at its size; only joiners and combining marks take less. px. */
const NARROWEST_PX = 6
/** Lengths go by steps, so that dragging a border does not draw every row anew with each pixel. */
const STEP = 16

/** How many characters surely fill a cell of that width. */
export function lengthToFit(widthPx: number): number {
  return Math.max(STEP, Math.ceil(widthPx / NARROWEST_PX / STEP) * STEP)
}

/**
 * The beginning of a text for a cell that cuts off the rest: a browser shapes and measures what nobody sees as well,
 * for each row of each frame.
 */
export function fitText(text: string, length: number): string {
  if (text.length <= length) return text
  const last = text.charCodeAt(length - 1)
  const isHalf = last >= 0xd800 && last < 0xdc00 // the first of the two units of one character
  return `${text.slice(0, isHalf ? length - 1 : length)}…`
}
