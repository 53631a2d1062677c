import { visibleParts } from '../text/visible-text.ts'

const MOST_NAMED = 3

/**
 * A sentence on what a payload has that its field does not show, and that is sent with it. Undefined: nothing.
 * Positions count characters, from 1.
 */
export function unseenIn(text: string): string | undefined {
  const found: string[] = []
  let index = 0
  for (const part of visibleParts(text, { keepsLines: true })) {
    const raw = part.kind === 'escaped' ? part.raw : part.text
    if (part.kind === 'escaped' && raw !== '\r') found.push(nameOf(raw, index))
    index += raw.length
  }
  const ends = text.includes('\r') ? ['lines that end in CR LF'] : []
  const all = [...ends, ...found]
  if (all.length === 0) return undefined
  const named = all.slice(0, MOST_NAMED).join(', ')
  return `Sent with it, and not seen here: ${named}${all.length > MOST_NAMED ? ` and ${all.length - MOST_NAMED} more` : ''}.`
}

function nameOf(character: string, index: number): string {
  if (character === '\ufeff' && index === 0) return 'a byte order mark (EF BB BF) at the beginning'
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
  return `U+${code} at ${index + 1}`
}
