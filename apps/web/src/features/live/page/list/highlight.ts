/** One pattern of all, to be marked in what is shown; undefined when there is nothing to mark. */
export function highlightPattern(sources: readonly string[]): RegExp | undefined {
  const sound = sources.filter((source) => source !== '' && isCheap(source) && isPattern(source))
  return sound.length === 0 ? undefined : new RegExp(sound.map((source) => `(?:${source})`).join('|'), 'gi')
}

/**
 * Rows are marked while they are drawn, where no pattern may take long: one with a repeated group, or with more than
 * two open repetitions, could take exponential or cubic time. The filter itself runs in the worker.
 */
function isCheap(source: string): boolean {
  return !/\)[*+{]/.test(source) && (source.match(/(?<!\\)[*+]|\{\d+,\}/g)?.length ?? 0) <= 2
}

function isPattern(source: string): boolean {
  try {
    new RegExp(source, 'i')
    return true
  } catch {
    return false
  }
}

export interface TextPart {
  readonly text: string
  readonly marked: boolean
}

/** `pump 7`, `/p/` → `p`, `um`, `p`, ` 7`: the text in parts, of which those that match are marked. */
export function markParts(text: string, pattern: RegExp | undefined): readonly TextPart[] {
  if (!pattern) return [{ text, marked: false }]
  const parts: TextPart[] = []
  let end = 0
  for (const match of text.matchAll(pattern)) {
    if (match[0] === '') continue
    if (match.index > end) parts.push({ text: text.slice(end, match.index), marked: false })
    parts.push({ text: match[0], marked: true })
    end = match.index + match[0].length
  }
  if (end < text.length || parts.length === 0) parts.push({ text: text.slice(end), marked: false })
  return parts
}
