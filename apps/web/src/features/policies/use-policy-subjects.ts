import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import type { PolicyTarget } from '@thingdeck/contract'
import { useEffect, useState } from 'react'
import { factsQuery, idOfPrincipal, thingQuery } from '../../shared/authorization/facts.ts'
import { isNotFound } from '../../shared/http.ts'
import { policyReachQuery } from './api.ts'
import type { PolicySubject } from './policy-impact.ts'
import { targetInWords } from './policy-target.ts'

/** So many are looked at at first: AWS is asked several times for each. */
const AT_FIRST = 20

/** As which client a principal of no thing is looked at: nobody knows how it calls itself. */
export const CLIENT_OF_NO_THING = 'any-client'

export interface PolicySubjects {
  /** Those that were looked at so far. */
  readonly subjects: readonly PolicySubject[]
  readonly isOver: boolean
  readonly error: Error | undefined
  /** Undefined: there are no more. */
  readonly lookFurther: (() => void) | undefined
}

const NOTHING = { subjects: [], isOver: false, hasMore: false, error: undefined }

/** Whom a policy is for, with all that decides about them, one after the other as long as somebody looks. */
export function usePolicySubjects(policyName: string, targets: readonly PolicyTarget[] | undefined): PolicySubjects {
  const client = useQueryClient()
  const [most, setMost] = useState(AT_FIRST)
  const [found, setFound] = useState<Omit<PolicySubjects, 'lookFurther'> & { hasMore: boolean }>(NOTHING)
  const key = targets?.map(({ target }) => target).join('\n')
  // biome-ignore lint/correctness/useExhaustiveDependencies: targets are the same as long as their names are
  useEffect(() => {
    if (!targets) return
    let isLeft = false
    const subjects: PolicySubject[] = []
    const look = async () => {
      for await (const subject of subjectsOf(client, policyName, targets)) {
        if (isLeft) return
        if (subjects.length >= most) return setFound({ ...NOTHING, subjects, isOver: true, hasMore: true })
        subjects.push(subject)
        setFound({ ...NOTHING, subjects: [...subjects] })
      }
      if (!isLeft) setFound({ ...NOTHING, subjects, isOver: true })
    }
    look().catch((error: Error) => {
      if (!isLeft) setFound({ ...NOTHING, subjects, isOver: true, error })
    })
    return () => {
      isLeft = true
    }
  }, [client, policyName, key, most])
  return { ...found, lookFurther: found.hasMore ? () => setMost((before) => before + AT_FIRST) : undefined }
}

/** A thing that has several certificates is there with each. */
async function* subjectsOf(
  client: QueryClient,
  policyName: string,
  targets: readonly PolicyTarget[],
): AsyncGenerator<PolicySubject> {
  for (const target of targets) {
    const { things } = await client.fetchQuery(policyReachQuery(policyName, target.target))
    if (target.kind !== 'thing-group' && things.length === 0) {
      const name = `${targetInWords(target)}, of no thing`
      yield* subjectOf(client, { name, thingName: undefined, principalId: target.id })
    }
    for (const { thingName } of things) {
      const principals = target.kind === 'thing-group' ? await principalsOf(client, thingName) : [target.id]
      for (const principalId of principals) yield* subjectOf(client, { name: thingName, thingName, principalId })
    }
  }
}

interface Asked {
  readonly name: string
  readonly thingName: string | undefined
  readonly principalId: string
}

async function* subjectOf(client: QueryClient, { name, thingName, principalId }: Asked) {
  const clientId = thingName ?? CLIENT_OF_NO_THING
  try {
    yield { name, thingName, clientId, facts: await client.fetchQuery(factsQuery(principalId, clientId)) }
  } catch (error) {
    // A principal that was deleted meanwhile is allowed nothing, by whatever policy.
    if (!isNotFound(error)) throw error
  }
}

/** Ids of certificates and identities, as facts are asked for. */
async function principalsOf(client: QueryClient, thingName: string): Promise<readonly string[]> {
  const { principals } = await client.fetchQuery({ ...thingQuery(thingName), staleTime: 30_000 }) // ms
  return principals.map(idOfPrincipal)
}
