/** How high what is written in may be, in CSS pixels. */
export const CONTENT_HEIGHT = { least: 120, most: 420 } as const
/** Of one line. */
export const LINE_HEIGHT = 18

const PADDING = 8 // CodeMirror's own, above and below
const BORDERS = 2

/** How high an editor with this text is, in CSS pixels: what holds its place meanwhile moves nothing when it comes. */
export function editorHeight(text: string): number {
  const lines = text.split('\n').length * LINE_HEIGHT + PADDING
  return Math.min(Math.max(lines, CONTENT_HEIGHT.least), CONTENT_HEIGHT.most) + BORDERS
}
