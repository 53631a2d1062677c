import { useMemo } from 'react'
import type { PolicyAudience } from '../../shared/policy-editor/use-policy-findings.ts'
import type { PolicySubject } from './policy-impact.ts'
import { useAllTargets } from './use-all-targets.ts'
import { usePolicySubjects } from './use-policy-subjects.ts'

/** Whom a policy is for, as far as it is looked at by itself: for them, variables that come up empty are told. */
export function usePolicyAudience(policyName: string): PolicyAudience {
  const targets = useAllTargets(policyName)
  const { subjects, isOver, lookFurther } = usePolicySubjects(policyName, targets.data)
  // Once, at the end: what is known of a few only would be told as if it were of all.
  const hasMore = lookFurther !== undefined
  return useMemo(() => (isOver ? audienceOf(subjects, hasMore) : {}), [subjects, isOver, hasMore])
}

/**
 * The things and the kinds of principal of some subjects; a thing with several certificates counts once.
 * @param hasMore the policy is for more than these: of their kinds nothing is known, and of things only of the first
 */
export function audienceOf(subjects: readonly PolicySubject[], hasMore = false): PolicyAudience {
  const things = new Map(
    subjects.flatMap(({ facts: { thing, principal } }) =>
      thing === undefined
        ? []
        : [
            [
              thing.thingName,
              { ...thing, ...(principal.kind === 'certificate' && { certificate: principal.context }) },
            ] as const,
          ],
    ),
  )
  if (hasMore) return { things: [...things.values()], hasMoreThings: true }
  return { principals: [...new Set(subjects.map(({ facts }) => facts.principal.kind))], things: [...things.values()] }
}
