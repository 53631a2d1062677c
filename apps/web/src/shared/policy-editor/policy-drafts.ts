import { sessionDraftStore } from '../drafts/session-draft-store.ts'
import { pagePerson } from '../session/page-person.ts'

/** In place of a policy's name: the draft of one that is not made yet. No policy of AWS can be called so. */
export const NEW_POLICY = '*new*'

/**
 * The draft of a policy's document goes from page to page by these, never in an address: it is of this tab and of the
 * person who is signed in, and outlives a reload.
 */
export function keepPolicyDraft(policyName: string, text: string): void {
  storeOf(policyName).write(text)
}

/** The text as it was kept; undefined where there is no draft. */
export function readPolicyDraft(policyName: string): string | undefined {
  return storeOf(policyName).read() ?? undefined
}

export function dropPolicyDraft(policyName: string): void {
  storeOf(policyName).write(undefined)
}

const storeOf = (policyName: string) => sessionDraftStore('policy', pagePerson() ?? '', policyName)
