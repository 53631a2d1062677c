import { type PolicyFinding, type PolicySurroundings, policyFindings } from '@thingdeck/policies'
import { useDeferredValue, useMemo } from 'react'
import { usePolicyHome } from './use-policy-home.ts'

export interface PolicyFindings {
  /** The text that they are about: while somebody types fast, not yet the newest. */
  readonly text: string
  /** In the order of the text. None for an empty text: it is not written yet. */
  readonly findings: readonly PolicyFinding[]
  /** Whether AWS would take the text. False for an empty one. */
  readonly isValid: boolean
}

/** What is known of whom the policy is for; keep it the same object as long as it says the same. */
export type PolicyAudience = Pick<PolicySurroundings, 'principals' | 'things' | 'hasMoreThings'>

const NOBODY: PolicyAudience = {}

/** What should be known of the document of a policy, as it is written. */
export function usePolicyFindings(text: string, audience: PolicyAudience = NOBODY): PolicyFindings {
  const home = usePolicyHome()
  const written = useDeferredValue(text)
  return useMemo(() => {
    const isEmpty = written.trim() === ''
    const findings = isEmpty ? [] : policyFindings(written, { ...audience, home })
    return { text: written, findings, isValid: !isEmpty && findings.every(({ severity }) => severity !== 'error') }
  }, [written, audience, home])
}
