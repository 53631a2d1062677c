import { queryOptions, useQueries } from '@tanstack/react-query'
import { endpoints } from '@thingdeck/contract'
import { useMemo } from 'react'
import { api } from '../api.ts'
import { readPolicyDraft } from '../policy-editor/policy-drafts.ts'
import { AUTHORIZATION } from './facts.ts'
import type { Replacements } from './policy-set.ts'

/** The text of a version that is not the default one. */
const versionQuery = (policyName: string, versionId: string) =>
  queryOptions({
    queryKey: [...AUTHORIZATION, 'policy version', policyName, versionId],
    queryFn: ({ signal }) => api(endpoints.getPolicyVersion, { params: { policyName, versionId }, signal }),
    staleTime: Number.POSITIVE_INFINITY, // a version never changes
    retry: false,
  })

interface Replaced {
  /** Names of policies whose draft decides. */
  readonly draft?: readonly string[] | undefined
  /** Other versions, `device:3`. */
  readonly version?: readonly string[] | undefined
}

const NONE: readonly string[] = []

/** Reads the texts that stand in place of those that are attached. */
export function useReplacements({ draft = NONE, version = NONE }: Replaced): {
  readonly replacements: Replacements
  /** What is named, and is not there, in sentences. */
  readonly lost: readonly string[]
} {
  const versions = version.flatMap((text) => {
    const at = text.lastIndexOf(':')
    return at < 1 ? [] : [{ policyName: text.slice(0, at), versionId: text.slice(at + 1) }]
  })
  const texts = useQueries({
    queries: versions.map(({ policyName, versionId }) => versionQuery(policyName, versionId)),
    combine: (results) => results.map(({ data, error }) => ({ text: data?.policyDocument, error })),
  })
  const drafts = draft.map((policyName) => ({ policyName, text: readPolicyDraft(policyName) }))
  const key = JSON.stringify([versions, texts.map(({ text }) => text), drafts])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key holds all that it is made of
  return useMemo(() => {
    const replacements = new Map<string, { which: string; text: string }>()
    const lost: string[] = []
    for (const [index, { policyName, versionId }] of versions.entries()) {
      const { text, error } = texts[index] ?? {}
      if (text !== undefined) replacements.set(policyName, { which: `version ${versionId}`, text })
      else if (error) lost.push(`Version ${versionId} of ${policyName} could not be read: ${error.message}`)
    }
    for (const { policyName, text } of drafts) {
      if (text === undefined)
        lost.push(`There is no draft of ${policyName} in this browser tab: what is attached counts.`)
      else replacements.set(policyName, { which: 'the draft', text })
    }
    return { replacements, lost }
  }, [key])
}
