import type { WindowView } from '../../protocol/stream.ts'

/** Never in a page in the background. */
const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve))

type Rows = Pick<WindowView, 'rows'>

/**
 * With each frame; with every second one while an answer has other rows altogether. Nobody reads what is gone with the
 * next frame, and to draw it is most of what a page does at such a rate: on a busy machine the messages themselves would
 * wait for it.
 */
export async function paceOfRows(view: Rows, before: Rows | undefined): Promise<void> {
  await nextFrame()
  if (before && hasOtherRows(view, before)) await nextFrame()
}

/** Whether it is newer from its first row on, or older to its last. */
function hasOtherRows({ rows }: Rows, before: Rows): boolean {
  const [first, last] = [rows[0], rows.at(-1)]
  const [firstBefore, lastBefore] = [before.rows[0], before.rows.at(-1)]
  if (!first || !last || !firstBefore || !lastBefore) return false
  return first.sequence > lastBefore.sequence || last.sequence < firstBefore.sequence
}
