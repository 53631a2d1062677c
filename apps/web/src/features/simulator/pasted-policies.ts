import { useSyncExternalStore } from 'react'
import type { CountedPolicy } from '../../shared/authorization/policy-set.ts'
import { sessionDraftStore } from '../../shared/drafts/session-draft-store.ts'
import { jsonObjectIn } from '../../shared/json-object-in.ts'
import { pagePerson } from '../../shared/session/page-person.ts'

const store = () => sessionDraftStore('pasted policies', pagePerson() ?? '', 'simulator')

/** By person: what is typed counts also where the browser keeps nothing. */
const inPage = new Map<string, string>()
const listeners = new Set<() => void>()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** The text that was pasted: of this tab and this person, never in an address. */
const readPasted = (): string => inPage.get(pagePerson() ?? '') ?? store().read() ?? ''

export function keepPasted(text: string): void {
  inPage.set(pagePerson() ?? '', text)
  store().write(text === '' ? undefined : text)
  for (const listener of listeners) listener()
}

/** The text as it is now. */
export const usePasted = (): string => useSyncExternalStore(subscribe, readPasted)

/**
 * The policies in a text: a document, several in a list, or the answer of an authorizer's function, whose
 * `policyDocuments` are documents or texts of them.
 */
export function policiesIn(text: string): readonly CountedPolicy[] {
  const documents = documentsIn(text)
  return documents.map((document, index) => ({
    policyName: documents.length === 1 ? 'pasted policy' : `pasted policy ${index + 1}`,
    which: 'as pasted',
    text: typeof document === 'string' ? document : JSON.stringify(document, undefined, 2),
    ways: [],
    isReplaced: false,
  }))
}

/**
 * Whether a text is an answer of an authorizer's function that does not let the client in, whatever its policies allow.
 * A policy document alone says nothing of it.
 * @see AWS IoT Core developer guide, "Defining your Lambda function"
 */
export function isRefusingAnswer(text: string): boolean {
  const answer = jsonObjectIn(text)
  return answer !== undefined && 'policyDocuments' in answer && answer.isAuthenticated !== true
}

function documentsIn(text: string): readonly unknown[] {
  if (text.trim() === '') return []
  try {
    const parsed: unknown = JSON.parse(text)
    if (Array.isArray(parsed)) return parsed
    const within: unknown = typeof parsed === 'object' && parsed !== null ? Reflect.get(parsed, 'policyDocuments') : []
    return Array.isArray(within) ? within : [text]
  } catch {
    return [text] // what is wrong with it is said where it is read as a policy
  }
}
