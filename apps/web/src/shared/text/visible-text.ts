/**
 * A text from outside, such as a topic or a payload, in parts that can be shown without one taking another's looks:
 * `a\u202eb` → `a`, `\u202E`, `b`.
 */
export type VisiblePart =
  | { readonly kind: 'plain'; readonly text: string }
  /** What cannot be seen, or would reorder what stands around it: `text` says what it is, `\u202E`; it stands for `raw`. */
  | { readonly kind: 'escaped'; readonly text: string; readonly name: string; readonly raw: string }
  /** Written from right to left: isolated, it does not pull the punctuation around it along. */
  | { readonly kind: 'rtl'; readonly text: string }

/**
 * Control characters, what Unicode says may be ignored in display (zero-width characters, bidirectional controls, tags,
 * variation selectors), separators other than the blank, halves of surrogate pairs; and what no font has a picture of, so
 * that one looks like another: noncharacters (U+FFFE, U+FFFF) and characters for private use.
 */
export const UNSEEN = String.raw`[\p{Cc}\p{Cs}\p{Co}\p{Noncharacter_Code_Point}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800\ufff9-\ufffb]|(?![ \u3000])\p{Zs}`
/** Hebrew and Arabic letters and those of the scripts beside them in Unicode, which all run from right to left. */
const RTL = String.raw`[\u05be-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]`
/** A run of right-to-left words with the blanks and marks within it. */
export const RTL_RUN = `${RTL}+(?:[ \\p{M}\\u200c\\u200d]*${RTL}+)*`
const ANY = new RegExp(`${UNSEEN}|${RTL}`, 'u')
const SPECIAL = new RegExp(`(?<unseen>${UNSEEN})|(?<rtl>${RTL_RUN})`, 'gu')

/** Scripts in which a joiner, or its absence, changes how letters look: it can be seen there. */
const JOINED_LETTER =
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}]\p{M}*$/u
/** An emoji, which a joiner ties to the next, and a variation selector makes colourful. */
const EMOJI_BEFORE = /[\p{Extended_Pictographic}\p{Emoji_Modifier}]\ufe0f?$/u
const EMOJI_BEHIND = /^\p{Extended_Pictographic}/u

/** Most texts are of these alone, which is known sooner: rows ask for each of their cells with every frame. */
const PLAIN = /^[ -~]*$/

/** Whether there is anything in it that {@link visibleParts} does not leave as it is. */
export const needsCare = (text: string): boolean => !PLAIN.test(text) && ANY.test(text)

/** @param keepsLines where the text is shown on lines of its own, with its line breaks and tabulators */
export function visibleParts(text: string, { keepsLines = false } = {}): readonly VisiblePart[] {
  if (!needsCare(text)) return [{ kind: 'plain', text }]
  const parts: VisiblePart[] = []
  let plain = ''
  const flush = () => {
    if (plain !== '') parts.push({ kind: 'plain', text: plain })
    plain = ''
  }
  let end = 0
  for (const match of text.matchAll(SPECIAL)) {
    plain += text.slice(end, match.index)
    end = match.index + match[0].length
    const [found] = match
    if (match.groups?.rtl !== undefined) {
      flush()
      parts.push({ kind: 'rtl', text: found })
    } else if ((keepsLines && /[\n\t]/.test(found)) || isSeen(text, match.index, end)) plain += found
    else {
      flush()
      parts.push({ kind: 'escaped', text: escapeOf(found), name: nameOf(found), raw: found })
    }
  }
  plain += text.slice(end)
  flush()
  return parts
}

/**
 * The same as one text, for where there are no elements: titles, accessible names. Runs from right to left stand between
 * isolates (U+2068, U+2069).
 */
export function visibleText(text: string): string {
  if (!needsCare(text)) return text
  return visibleParts(text)
    .map((part) => (part.kind === 'rtl' ? `\u2068${part.text}\u2069` : part.text))
    .join('')
}

/** The same on lines of their own, without isolates: for texts that are compared line by line. */
export const visibleLines = (text: string): string =>
  visibleParts(text, { keepsLines: true })
    .map((part) => part.text)
    .join('')

/** JSON with such characters in its strings as JSON's own escapes: another spelling of the same value. */
export const visibleJson = (json: string): string =>
  visibleParts(json, { keepsLines: true })
    .map((part) => (part.kind === 'escaped' ? jsonEscapes(part.raw) : part.text))
    .join('')

const jsonEscapes = (raw: string): string =>
  Array.from({ length: raw.length }, (_, at) => `\\u${raw.charCodeAt(at).toString(16).padStart(4, '0')}`).join('')

/** Joiners and selectors that do what they are for are part of what is seen. */
function isSeen(text: string, from: number, to: number): boolean {
  const character = text.slice(from, to)
  if (character === '\ufe0f' || character === '\ufe0e') {
    return EMOJI_BEFORE.test(text.slice(Math.max(0, from - 4), from)) || text[to] === '\u20e3'
  }
  const before = text.slice(Math.max(0, from - 8), from)
  if (character === '\u200d' && EMOJI_BEFORE.test(before)) return EMOJI_BEHIND.test(text.slice(to, to + 2))
  return (character === '\u200d' || character === '\u200c') && JOINED_LETTER.test(before)
}

function escapeOf(character: string): string {
  const code = character.codePointAt(0) ?? 0
  const short = SHORT.get(code)
  if (short !== undefined) return short
  if (isByte(code)) return `\\x${byteHex(code)}`
  const hex = code.toString(16).toUpperCase()
  return code > 0xffff ? `\\u{${hex}}` : `\\u${hex.padStart(4, '0')}`
}

/** The lone surrogates by which `looseText` keeps bytes that are no UTF-8. */
const isByte = (code: number): boolean => code >= 0xdc80 && code <= 0xdcff

const byteHex = (code: number): string => (code - 0xdc00).toString(16).toUpperCase()

/** As JSON writes them. */
const SHORT = new Map([
  [0x08, '\\b'],
  [0x09, '\\t'],
  [0x0a, '\\n'],
  [0x0c, '\\f'],
  [0x0d, '\\r'],
])

/** Names of the Unicode Standard, for those that are met. */
const NAMES = new Map([
  [0x00, 'NULL'],
  [0x07, 'BELL'],
  [0x09, 'TAB'],
  [0x0a, 'LINE FEED'],
  [0x0d, 'CARRIAGE RETURN'],
  [0x1b, 'ESCAPE'],
  [0x7f, 'DELETE'],
  [0xa0, 'NO-BREAK SPACE'],
  [0xad, 'SOFT HYPHEN'],
  [0x61c, 'ARABIC LETTER MARK'],
  [0x200b, 'ZERO WIDTH SPACE'],
  [0x200c, 'ZERO WIDTH NON-JOINER'],
  [0x200d, 'ZERO WIDTH JOINER'],
  [0x200e, 'LEFT-TO-RIGHT MARK'],
  [0x200f, 'RIGHT-TO-LEFT MARK'],
  [0x2028, 'LINE SEPARATOR'],
  [0x2029, 'PARAGRAPH SEPARATOR'],
  [0x202a, 'LEFT-TO-RIGHT EMBEDDING'],
  [0x202b, 'RIGHT-TO-LEFT EMBEDDING'],
  [0x202c, 'POP DIRECTIONAL FORMATTING'],
  [0x202d, 'LEFT-TO-RIGHT OVERRIDE'],
  [0x202e, 'RIGHT-TO-LEFT OVERRIDE'],
  [0x202f, 'NARROW NO-BREAK SPACE'],
  [0x2060, 'WORD JOINER'],
  [0x2066, 'LEFT-TO-RIGHT ISOLATE'],
  [0x2067, 'RIGHT-TO-LEFT ISOLATE'],
  [0x2068, 'FIRST STRONG ISOLATE'],
  [0x2069, 'POP DIRECTIONAL ISOLATE'],
  [0xfeff, 'ZERO WIDTH NO-BREAK SPACE (byte order mark)'],
])

function nameOf(character: string): string {
  const code = character.codePointAt(0) ?? 0
  if (isByte(code)) return `The byte 0x${byteHex(code)}, which is no UTF-8`
  const id = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
  const name = NAMES.get(code)
  return name === undefined ? id : `${id} ${name}`
}
