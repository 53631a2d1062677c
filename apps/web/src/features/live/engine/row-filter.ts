import type { StoredMessage } from './message-ring.ts'

/** Whether a message is shown. The seam for further filter languages: each compiles to one of these. */
export type RowPredicate = (message: StoredMessage) => boolean

const TEXT = new TextDecoder()

/**
 * Compiles what stands in the filter field; undefined for an empty one. A text is looked for in topic and payload,
 * whatever its case.
 */
export function compileRowFilter(text: string): RowPredicate | undefined {
  const needle = text.trim().toLowerCase()
  if (needle === '') return undefined
  return ({ topic, payload }) =>
    topic.toLowerCase().includes(needle) || TEXT.decode(payload).toLowerCase().includes(needle)
}
