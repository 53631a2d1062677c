import { endpoints, type ThingDetails, type ThingPrincipal } from '@thingdeck/contract'
import { parseJson, stringifyJson } from '@thingdeck/json'
import { formatUpdateRequest, readShadow } from '@thingdeck/shadows'
import { api } from '../../shared/api.ts'
import { shortCertificateId } from '../../shared/certificate/certificate-id.ts'
import { detachPolicyStep, statusStep } from '../../shared/certificate/certificate-steps.ts'
import type { PlanStep } from '../../shared/plan/plan.ts'
import { unlessGone } from '../../shared/plan/unless-gone.ts'
import { detachPrincipalStep } from './principal-steps.ts'

/** What becomes of certificates that no other thing has. AWS leaves them as they are. */
export type CertificateFate = 'keep' | 'deactivate' | 'delete'

export interface DeletionWish {
  readonly details: ThingDetails
  readonly certificates: CertificateFate
  /** Names; undefined: the classic one. */
  readonly shadows: readonly (string | undefined)[]
  /** Topics whose retained messages are cleared. */
  readonly retainedTopics: readonly string[]
}

/** Certificates that are of this thing and of no other: what is known of them, else they are nobody's to harm. */
export const ownCertificates = (principals: readonly ThingPrincipal[]) =>
  principals.flatMap(({ certificate, otherThings }) => (certificate && otherThings?.length === 0 ? [certificate] : []))

/**
 * All that deleting a thing takes, in the order that AWS demands: what can be put back stands behind what cannot, so that
 * as much as there is can be undone from the end.
 */
export function deletionSteps({ details, certificates, shadows, retainedTopics }: DeletionWish): readonly PlanStep[] {
  const { thing } = details
  const { thingName } = thing
  const principals = details.principals.value ?? []
  const own = certificates === 'keep' ? [] : ownCertificates(principals)
  return [
    ...principals.map((attached) => detachPrincipalStep(thingName, attached)),
    ...own.flatMap((certificate) =>
      certificate.status === 'ACTIVE'
        ? [
            {
              ...statusStep(certificate, 'INACTIVE'),
              id: `deactivate ${certificate.certificateId}`,
              words: `Deactivate the certificate ${shortCertificateId(certificate.certificateId)}`,
            },
          ]
        : [],
    ),
    ...(details.connection.value?.connected ? [disconnectStep(details.connection.value.clientId ?? thingName)] : []),
    ...(retainedTopics.length > 0 ? [clearRetainedStep(retainedTopics)] : []),
    ...(certificates === 'delete' ? own.flatMap(certificateDeletionSteps) : []),
    ...shadows.map((shadowName) => deleteShadowStep(thingName, shadowName)),
    deleteThingStep(details),
  ]
}

function certificateDeletionSteps({
  certificateId,
  policyNames,
}: ReturnType<typeof ownCertificates>[number]): readonly PlanStep[] {
  const short = shortCertificateId(certificateId)
  return [
    ...policyNames.map((policyName) => ({
      ...detachPolicyStep(certificateId, policyName),
      id: `policy ${certificateId} ${policyName}`,
      words: `Detach the policy ${policyName} from the certificate ${short}`,
    })),
    {
      id: `delete ${certificateId}`,
      words: `Delete the certificate ${short}`,
      run: () => unlessGone(() => api(endpoints.deleteCertificate, { params: { certificateId } })),
    },
  ]
}

const disconnectStep = (clientId: string): PlanStep => ({
  id: 'disconnect',
  words: `Disconnect ${clientId}`,
  run: () => unlessGone(() => api(endpoints.disconnectClient, { params: { clientId } })),
  undo: async () => {}, // it connects by itself, once it may again
})

/** So many are cleared by one request. */
const CLEARED_AT_ONCE = 100

function clearRetainedStep(topics: readonly string[]): PlanStep {
  return {
    id: 'retained',
    words: topics.length === 1 ? 'Clear 1 retained message' : `Clear ${topics.length} retained messages`,
    run: async () => {
      for (let at = 0; at < topics.length; at += CLEARED_AT_ONCE) {
        const { topics: cleared } = await api(endpoints.clearRetainedMessages, {
          body: { topics: topics.slice(at, at + CLEARED_AT_ONCE).map((topic) => ({ topic })) },
        })
        const failed = cleared.find(({ outcome }) => outcome === 'failed')
        if (failed) throw new Error(`What ${failed.topic} retains was not cleared: ${failed.message ?? failed.code}`)
      }
    },
  }
}

/** With what its state was, which is written anew by undoing; versions go on from there, and times are new. */
function deleteShadowStep(thingName: string, shadowName: string | undefined): PlanStep {
  const target = { params: { thingName }, query: { shadowName } }
  let before = ''
  return {
    id: `shadow ${shadowName ?? ''}`,
    words: shadowName === undefined ? 'Delete its classic shadow' : `Delete its shadow ${shadowName}`,
    run: async () => {
      const read = await api(endpoints.getShadow, { ...target, query: { shadowName, optional: true } })
      if (read === '') return // gone already
      before = read
      await unlessGone(() => api(endpoints.deleteShadow, target))
    },
    undo: async () => {
      const body = restoringDocument(before)
      if (body !== undefined) await api(endpoints.updateShadow, { ...target, body })
    },
  }
}

/** A request that makes a shadow as its document has it, every digit as it was. Undefined: there was nothing in it. */
function restoringDocument(document: string): string | undefined {
  if (document === '') return undefined
  const { state } = readShadow(parseJson(document))
  return stringifyJson(formatUpdateRequest({ state }))
}

/** With the same registry entry made anew by undoing: with another id, and from version 1 on. */
function deleteThingStep({ thing, groups }: ThingDetails): PlanStep {
  const { thingName, thingTypeName, attributes, billingGroupName, version: expectedVersion, thingId } = thing
  const params = { thingName }
  return {
    id: 'thing',
    words: `Delete the thing ${thingName}`,
    run: () =>
      unlessGone(() => api(endpoints.deleteThing, { params, query: { expectedVersion, expectedThingId: thingId } })),
    undo: async () => {
      await api(endpoints.createThing, {
        body: {
          thingName,
          attributes,
          ...(thingTypeName !== undefined && { thingTypeName }),
          ...(billingGroupName !== undefined && { billingGroupName }),
        },
      })
      const refused: string[] = []
      for (const groupName of groups.value ?? []) {
        try {
          await api(endpoints.updateThingGroupsForThing, { params, body: { add: [groupName], remove: [] } })
        } catch (error) {
          refused.push(`${groupName} (${error instanceof Error ? error.message : String(error)})`)
        }
      }
      // Of a dynamic group the query decides: it comes back by itself.
      if (refused.length > 0) throw new Error(`The thing is there again, but was not put into ${refused.join(', ')}`)
    },
  }
}
