/** What makes a valid topic or filter another one than it looks like, as {@link TopicDoubt.code}. */
export type TopicDoubtCode = 'SURROUNDING_BLANKS' | 'BLANKS_AT_A_LEVEL' | 'UNSEEN_CHARACTERS' | 'QUOTED'

/** Something about a valid topic name or topic filter that hardly anybody means. */
export interface TopicDoubt {
  readonly code: TopicDoubtCode
  /** One sentence for a person. It never repeats the input. */
  readonly message: string
  /** What was probably meant. */
  readonly suggestion: string
}

/**
 * Control, format (zero-width, direction) and private characters, line ends, and letters without a picture (fillers of
 * Hangul, the empty pattern of Braille): nothing of them is seen. A variation selector is, by the emoji before it.
 */
const UNSEEN =
  /(?!\ufe0f)[\p{Cc}\p{Cf}\p{Co}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u2028\u2029\u2800]/gu
/** Marks that a text is quoted by, with what ends it. */
const QUOTES: Readonly<Record<string, string>> = { '"': '"', "'": "'", '`': '`', '“': '”', '‘': '’', '«': '»' }

/**
 * The first thing that makes a topic name or topic filter look like another one, or `undefined`. MQTT takes every
 * character as it is (MQTT 5.0 §4.7.3), so ` x/a`, which a paste easily brings, is valid and matches nothing of `x/a`.
 */
export function doubtTopic(input: string): TopicDoubt | undefined {
  const seen = input.replace(UNSEEN, '')
  if (seen !== input) {
    const found = [...new Set(input.match(UNSEEN))].map(codePoint).join(', ')
    return {
      code: 'UNSEEN_CHARACTERS',
      message: `It has characters that are not seen (${found}), and each is part of the topic`,
      suggestion: seen,
    }
  }
  const trimmed = input.trim()
  if (trimmed !== input) {
    const begins = input !== input.trimStart()
    const ends = input !== input.trimEnd()
    return {
      code: 'SURROUNDING_BLANKS',
      message: `It ${[begins && 'begins', ends && 'ends'].filter(Boolean).join(' and ')} with a blank, which is part of the topic`,
      suggestion: trimmed,
    }
  }
  const unquoted = withoutQuotes(input)
  if (unquoted !== input) {
    return {
      code: 'QUOTED',
      message: 'It stands between quotation marks, which are part of the topic',
      suggestion: unquoted,
    }
  }
  const levels = input.split('/')
  const level = levels.findIndex((text) => text !== text.trim())
  if (level === -1) return undefined
  return {
    code: 'BLANKS_AT_A_LEVEL',
    message: `Level ${level + 1} has a blank beside a slash, which is part of the topic`,
    suggestion: levels.map((text) => text.trim()).join('/'),
  }
}

function withoutQuotes(text: string): string {
  const isQuoted = text.length > 2 && QUOTES[text[0] ?? ''] === text.at(-1)
  return isQuoted ? withoutQuotes(text.slice(1, -1)) : text
}

const codePoint = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
