import type { Policy } from '@thingdeck/contract'
import { sessionDraftStore } from '../../shared/drafts/session-draft-store.ts'
import { formatDocument } from '../../shared/policy-editor/document-text.ts'
import { pagePerson } from '../../shared/session/page-person.ts'
import { newestOf } from './policy-steps.ts'

/** What a draft was made from: by it one sees that somebody else changed the policy meanwhile. */
export interface DraftBase {
  readonly defaultVersionId: string
  readonly newestVersionId: string
  /** Of the default version. */
  readonly document: string
}

export const baseOf = (policy: Policy): DraftBase => ({
  defaultVersionId: policy.defaultVersionId,
  newestVersionId: newestOf(policy),
  document: formatDocument(policy.policyDocument),
})

/** Drafts are kept without it: one that was made elsewhere begins with what is there now. */
const storeOf = (policyName: string) => sessionDraftStore('policy-base', pagePerson() ?? '', policyName)

/** @param draft the text that was made from it */
export function keepBase(policyName: string, base: DraftBase, draft: string): void {
  storeOf(policyName).write(JSON.stringify({ ...base, draft }))
}

export function dropBase(policyName: string): void {
  storeOf(policyName).write(undefined)
}

/** What this draft was made from; undefined: none was kept of it. */
export function readBase(policyName: string, draft: string): DraftBase | undefined {
  const text = storeOf(policyName).read()
  if (text === null) return undefined
  const kept: Partial<Record<keyof DraftBase | 'draft', unknown>> = JSON.parse(text)
  const { defaultVersionId, newestVersionId, document } = kept
  if (kept.draft !== draft) return undefined
  if (typeof defaultVersionId !== 'string' || typeof newestVersionId !== 'string' || typeof document !== 'string') {
    return undefined
  }
  return { defaultVersionId, newestVersionId, document }
}

/** What happened to a policy since a draft of it was begun; undefined: nothing that matters to it. */
export function changeSince(base: DraftBase, policy: Policy): 'default' | 'newer' | undefined {
  if (policy.defaultVersionId !== base.defaultVersionId) return 'default'
  return Number(newestOf(policy)) > Number(base.newestVersionId) ? 'newer' : undefined
}
