import { type RulePayload, withoutRuleSecrets } from '@thingdeck/contract'
import { sessionDraftStore } from '../../shared/drafts/session-draft-store.ts'
import { pagePerson } from '../../shared/session/page-person.ts'

/** In place of a rule's name: the draft of one that is not made yet. No rule of AWS can be called so. */
export const NEW_RULE = '*new*'

/** A rule as somebody left it, unsaved. Secrets are not in it: HIDDEN_RULE_SECRET stands for each. */
export interface RuleDraft {
  /** Of a new one. */
  readonly ruleName: string
  readonly payload: RulePayload
  readonly tags: Readonly<Record<string, string>>
  /** What it was made from, without its secrets; undefined for a new one. */
  readonly base?: RulePayload
}

/**
 * The draft of a rule goes from page to page by these, never in an address: it is of this tab and of the person who is
 * signed in, and outlives a reload.
 */
export function keepRuleDraft(subject: string, draft: RuleDraft): void {
  const kept = {
    ...draft,
    payload: withoutRuleSecrets(draft.payload),
    ...(draft.base && { base: withoutRuleSecrets(draft.base) }),
  }
  storeOf(subject).write(JSON.stringify(kept))
}

/** Undefined where none is kept, and of what an older console kept. */
export function readRuleDraft(subject: string): RuleDraft | undefined {
  const text = storeOf(subject).read()
  if (text === null) return undefined
  try {
    const kept: Partial<RuleDraft> = JSON.parse(text)
    const { ruleName = '', payload, tags = {}, base } = kept
    if (typeof payload?.sql !== 'string' || !Array.isArray(payload.actions)) return undefined
    return { ruleName, payload, tags, ...(base && { base }) }
  } catch {
    return undefined
  }
}

export function dropRuleDraft(subject: string): void {
  storeOf(subject).write(undefined)
}

const storeOf = (subject: string) => sessionDraftStore('rule', pagePerson() ?? '', subject)
