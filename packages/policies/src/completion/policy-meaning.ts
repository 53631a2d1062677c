import { jsonCursor } from '@thingdeck/json'
import { DOCUMENT_MEMBERS, operatorWords, STATEMENT_MEMBERS } from '../vocabulary/member-words.ts'
import { actionsOf } from '../vocabulary/policy-action.ts'
import { findPolicyKey } from '../vocabulary/policy-key.ts'

/** What a word of a policy document means. */
export interface PolicyMeaning {
  /** Where the word stands in the text. */
  readonly from: number
  readonly to: number
  readonly title: string
  readonly words: string
}

/** What stands at `offset` of a policy document means: a variable, an action, a key, an operator or a member. */
export function policyMeaning(text: string, offset: number): PolicyMeaning | undefined {
  const cursor = jsonCursor(text, offset)
  if (cursor?.stringFrom === undefined) return undefined
  const from = cursor.stringFrom
  const end = /^(?:[^"\\\r\n]|\\.)*/.exec(text.slice(from))?.[0].length ?? 0
  const written = text.slice(from, from + end)
  const variable = [...written.matchAll(/\$\{([^},]*)[^}]*\}/g)].find(
    ({ index, 0: whole }) => from + index <= offset && offset <= from + index + whole.length,
  )
  if (variable) {
    const key = findPolicyKey(variable[1]?.trim() ?? '')
    const start = from + variable.index
    return key && { from: start, to: start + variable[0].length, title: key.name, words: key.words }
  }
  const about = cursor.what === 'key' ? aboutKey(written, cursor.path) : aboutAction(written, cursor.path)
  return about === undefined ? undefined : { from, to: from + end, title: written, words: about }
}

function aboutKey(written: string, path: readonly (string | number)[]): string | undefined {
  const names = path.filter((step) => typeof step === 'string')
  if (names.length === 0) return DOCUMENT_MEMBERS[written]
  if (names[1] !== 'Condition') return names.length === 1 ? STATEMENT_MEMBERS[written] : undefined
  return names.length === 2 ? operatorWords(written) : findPolicyKey(written)?.words
}

function aboutAction(written: string, path: readonly (string | number)[]): string | undefined {
  if (!path.includes('Action')) return undefined
  const covered = actionsOf(written)
  const [first] = covered
  if (covered.length > 1) return `${covered.length} actions: ${covered.map(({ name }) => name).join(', ')}.`
  return first?.words
}
