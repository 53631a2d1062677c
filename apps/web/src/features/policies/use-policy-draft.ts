import type { Policy } from '@thingdeck/contract'
import { useState } from 'react'
import { mergeLines } from '../../shared/diff/merge-lines.ts'
import { formatDocument, isSameDocument } from '../../shared/policy-editor/document-text.ts'
import { dropPolicyDraft, keepPolicyDraft, readPolicyDraft } from '../../shared/policy-editor/policy-drafts.ts'
import { baseOf, changeSince, type DraftBase, dropBase, keepBase, readBase } from './draft-base.ts'

export interface PolicyDraft {
  readonly text: string
  readonly base: DraftBase
  /** It says something else than what it was made from. */
  readonly isChanged: boolean
  /** What somebody else did to the policy meanwhile. */
  readonly changed: 'default' | 'newer' | undefined
  /** The draft with their changes in it; undefined where both changed the same lines. */
  readonly merged: string | undefined
  readonly write: (text: string) => void
  readonly discard: () => void
  /** Goes on from what is there now, with this text. */
  readonly rebase: (text: string) => void
}

/** The draft of a policy, kept over a reload and from page to page; without one, what its default version says. */
export function usePolicyDraft(policy: Policy): PolicyDraft {
  const { policyName } = policy
  const now = baseOf(policy)
  const [kept, setKept] = useState(() => {
    const text = readPolicyDraft(policyName)
    return text === undefined ? undefined : { text, base: readBase(policyName, text) ?? now }
  })
  const { text, base } = kept ?? { text: now.document, base: now }
  const changed = changeSince(base, policy)

  const put = (next: string, from: DraftBase) => {
    // What is typed back to what is there is no draft any more.
    if (next === from.document && from.document === now.document) return discard()
    keepPolicyDraft(policyName, next)
    keepBase(policyName, from, next)
    setKept({ text: next, base: from })
  }
  const discard = () => {
    dropPolicyDraft(policyName)
    dropBase(policyName)
    setKept(undefined)
  }
  return {
    text,
    base,
    isChanged: !isSameDocument(text, base.document),
    changed,
    merged: changed === 'default' ? mergeLines(base.document, formatDocument(text), now.document) : undefined,
    write: (next) => put(next, base),
    discard,
    rebase: (next) => put(next, now),
  }
}
