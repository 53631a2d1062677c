import { endpoints, type Policy, type PolicyTarget } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'
import { formatCount } from '../../shared/format.ts'
import type { PlanStep } from '../../shared/plan/plan.ts'
import { unlessGone } from '../../shared/plan/unless-gone.ts'
import { targetInWords } from './policy-target.ts'

const describe = (policyName: string) => api(endpoints.describePolicy, { params: { policyName } })

const attach = (policyName: string, target: string) =>
  api(endpoints.attachPolicy, { params: { policyName }, body: { target } })
const detach = (policyName: string, target: string) =>
  api(endpoints.detachPolicy, { params: { policyName }, query: { target } })

export const detachStep = (policyName: string, target: PolicyTarget): PlanStep => ({
  id: `detach ${target.target}`,
  words: `Detach it from ${targetInWords(target)}`,
  run: () => unlessGone(() => detach(policyName, target.target)),
  undo: () => attach(policyName, target.target),
})

/** So many steps are still read; of more targets, one step detaches all. */
const MOST_DETACH_STEPS = 20

/** Detaches the policy from all of these, which may have changed meanwhile: AWS takes no offence. */
export function detachSteps(policyName: string, targets: readonly PolicyTarget[]): readonly PlanStep[] {
  if (targets.length <= MOST_DETACH_STEPS) return targets.map((target) => detachStep(policyName, target))
  const detached: string[] = []
  return [
    {
      id: 'detach all',
      words: `Detach it from its ${formatCount(targets.length)} targets`,
      run: async () => {
        for (const { target } of targets.slice(detached.length)) {
          await unlessGone(() => detach(policyName, target))
          detached.push(target)
        }
      },
      undo: async () => {
        for (let last = detached.at(-1); last !== undefined; last = detached.at(-1)) {
          await attach(policyName, last)
          detached.pop()
        }
      },
    },
  ]
}

/** Deletes the version; put back, it has the same document under a new number, as AWS gives none twice. */
export function deleteVersionStep(policyName: string, versionId: string): PlanStep {
  let policyDocument: string | undefined
  return {
    id: `delete version ${versionId}`,
    words: `Delete version ${versionId}`,
    run: () =>
      unlessGone(async () => {
        const params = { policyName, versionId }
        policyDocument = (await api(endpoints.getPolicyVersion, { params })).policyDocument
        await api(endpoints.deletePolicyVersion, { params })
      }),
    undo: async () => {
      if (policyDocument !== undefined) await createVersion(await describe(policyName), policyDocument, false)
    },
  }
}

const createVersion = (seen: Policy, policyDocument: string, setAsDefault: boolean) =>
  api(endpoints.createPolicyVersion, {
    params: { policyName: seen.policyName },
    body: {
      policyDocument,
      setAsDefault,
      expectedDefaultVersionId: seen.defaultVersionId,
      expectedNewestVersionId: newestOf(seen),
    },
  })

export const newestOf = ({ versions, defaultVersionId }: Policy): string => versions[0]?.versionId ?? defaultVersionId

const setDefault = (policyName: string, versionId: string, expectedDefaultVersionId: string) =>
  api(endpoints.setDefaultPolicyVersion, { params: { policyName }, body: { versionId, expectedDefaultVersionId } })

export const setDefaultStep = ({ policyName, defaultVersionId }: Policy, versionId: string): PlanStep => ({
  id: `default ${versionId}`,
  words: `Make version ${versionId} the default`,
  run: () => setDefault(policyName, versionId, defaultVersionId),
  undo: () => setDefault(policyName, defaultVersionId, versionId),
})

interface NewVersion {
  readonly policyDocument: string
  readonly setAsDefault: boolean
  /** What the draft was made from. */
  readonly seen: Policy
  /** AWS's refusal, for whoever can mend the text. */
  readonly onRefused: (error: unknown) => void
}

/** A new version; put back, the default is what it was, and the new version is gone. */
export function createVersionStep({ policyDocument, setAsDefault, seen, onRefused }: NewVersion): PlanStep {
  const { policyName, defaultVersionId } = seen
  let made: string | undefined
  return {
    id: 'create version',
    words: setAsDefault ? 'Create the version and make it the default' : 'Create the version',
    run: async () => {
      try {
        made = (await createVersion(seen, policyDocument, setAsDefault)).versionId
      } catch (error) {
        onRefused(error)
        throw error
      }
    },
    undo: async () => {
      if (made === undefined) return
      const params = { policyName, versionId: made }
      if (setAsDefault) await setDefault(policyName, defaultVersionId, made)
      await unlessGone(() => api(endpoints.deletePolicyVersion, { params }))
    },
  }
}

/** Deletes the policy, which is attached to nothing any more; put back, its default version has the number 1. */
export const deletePolicyStep = ({ policyName, policyDocument, tags }: Policy): PlanStep => ({
  id: 'delete policy',
  words: `Delete the policy ${policyName}`,
  run: () => unlessGone(() => api(endpoints.deletePolicy, { params: { policyName } })),
  undo: () => api(endpoints.createPolicy, { body: { policyName, policyDocument, ...(tags && { tags }) } }),
})
