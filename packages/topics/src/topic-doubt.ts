/** What makes a valid topic or filter another one than it looks like, as {@link TopicDoubt.code}. */
export type TopicDoubtCode = 'SURROUNDING_BLANKS' | 'BLANKS_AT_A_LEVEL' | 'UNSEEN_CHARACTERS'

/** Something about a valid topic name or topic filter that hardly anybody means. */
export interface TopicDoubt {
  readonly code: TopicDoubtCode
  /** One sentence for a person. It never repeats the input. */
  readonly message: string
  /** What was probably meant. */
  readonly suggestion: string
}

/** Control, format (zero-width, direction) and private characters, and line ends: nothing of them is seen. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\u2028\u2029]/gu

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
  const levels = input.split('/')
  const level = levels.findIndex((text) => text !== text.trim())
  if (level === -1) return undefined
  return {
    code: 'BLANKS_AT_A_LEVEL',
    message: `Level ${level + 1} has a blank beside a slash, which is part of the topic`,
    suggestion: levels.map((text) => text.trim()).join('/'),
  }
}

const codePoint = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
