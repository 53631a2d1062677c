import { parseLine } from '../../../../shared/recording/recording-format.ts'

/** What the tail of a recording begins with: how much stands in the members before it. */
export interface TailHead {
  /** Length of the file of members when the tail began. */
  readonly afterBytes: number
  readonly messages: number
  readonly gaps: number
  /** When the last message of the members came; 0 without one. Epoch ms. */
  readonly lastAtMs: number
}

/** `{"tail":{"afterBytes":1048576,"messages":5000,"gaps":0,"lastAtMs":1795329900113}}` and the end of the line. */
export const formatTailHead = ({ afterBytes, messages, gaps, lastAtMs }: TailHead): string =>
  `${JSON.stringify({ tail: { afterBytes, messages, gaps, lastAtMs } })}\n`

/** A recording as it stands in the browser's storage. */
export interface ReadTail extends TailHead {
  /** The lines since the last member, each with its end. One that was cut off while it was written is not among them. */
  readonly lines: string
  /** Somebody ended the recording, and had it handed out. */
  readonly isEnded: boolean
}

/**
 * Reads a tail. Counts and times are those of the whole recording. One without its first line was cut off just when a
 * member had been written: all is in the members then, but how much is not known.
 */
export function readTail(text: string, membersBytes: number): ReadTail | undefined {
  const complete = text.slice(0, text.lastIndexOf('\n') + 1)
  const headEnd = complete.indexOf('\n') + 1
  const head = parseTailHead(complete.slice(0, headEnd))
  if (!head) return undefined
  const lines = complete.slice(headEnd)
  let { messages, gaps, lastAtMs } = head
  let isEnded = false
  for (const line of lines.split('\n')) {
    const part = line === '' ? undefined : parseLine(line)
    if (part?.kind === 'message') {
      messages += 1
      lastAtMs = Math.max(lastAtMs, part.message.receivedAtMs)
    } else if (part?.kind === 'gap') gaps += 1
    else if (part?.kind === 'end') isEnded = true
  }
  return { afterBytes: Math.min(head.afterBytes, membersBytes), messages, gaps, lastAtMs, lines, isEnded }
}

function parseTailHead(line: string): TailHead | undefined {
  try {
    const { tail }: { tail?: Partial<TailHead> } = JSON.parse(line)
    const { afterBytes, messages, gaps, lastAtMs } = tail ?? {}
    if (afterBytes === undefined || messages === undefined || gaps === undefined || lastAtMs === undefined) return
    return { afterBytes, messages, gaps, lastAtMs }
  } catch {
    return undefined
  }
}
