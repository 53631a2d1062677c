import { type PolicyFinding, policyFindings } from '@thingdeck/policies'
import { useDeferredValue, useMemo } from 'react'

export interface PolicyFindings {
  /** In the order of the text. None for an empty text: it is not written yet. */
  readonly findings: readonly PolicyFinding[]
  /** Whether AWS would take the text. False for an empty one. */
  readonly isValid: boolean
}

/** What should be known of the document of a policy, as it is written. */
export function usePolicyFindings(text: string): PolicyFindings {
  const written = useDeferredValue(text)
  return useMemo(() => {
    const findings = written.trim() === '' ? [] : policyFindings(written)
    return { findings, isValid: written.trim() !== '' && findings.every(({ severity }) => severity !== 'error') }
  }, [written])
}
