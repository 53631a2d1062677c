import { AttachPolicyCommand, DetachPolicyCommand, paginateListAttachedPolicies } from '@aws-sdk/client-iot'
import type { PolicyChange } from '@thingdeck/contract'
import { formatPath } from '@thingdeck/json'
import { collected } from '../../../aws/pages.ts'
import type { Kind } from './kind.ts'
import {
  type CertificateChangePlan,
  type CertificateParts,
  certificatesIn,
  prepareCertificates,
  writtenToCertificates,
} from './thing-certificates.ts'

const ATTACHED = '"attached"'

/** AWS attaches no more to a certificate, and raises this for nobody (AWS IoT Core quotas). */
const MOST_POLICIES = 10

/** A policy at the certificates of the things. */
export const createPolicyKind = (parts: CertificateParts): Kind<PolicyChange, CertificateChangePlan> => ({
  prepare(thingName, { act, policyName }, context) {
    return prepareCertificates(parts, thingName, context, async (certificateId) => {
      await context.turn()
      const target = parts.arns.certificate(certificateId)
      const policies = await collected(
        paginateListAttachedPolicies({ client: parts.iot }, { target }),
        (page) => page.policies,
      )
      const isAttached = policies.some((policy) => policy.policyName === policyName)
      if (isAttached === (act === 'attach')) return undefined
      if (act === 'attach' && policies.length >= MOST_POLICIES)
        return { stays: `has ${MOST_POLICIES} policies already, as many as AWS attaches` }
      const path = formatPath(['certificates', certificateId, 'policies', policyName])
      return act === 'attach' ? { path, afterText: ATTACHED } : { path, beforeText: ATTACHED }
    })
  },

  async apply(_, { act, policyName }, { certificateIds }, { turn }) {
    const Command = act === 'attach' ? AttachPolicyCommand : DetachPolicyCommand
    for (const certificateId of certificateIds) {
      await turn()
      await parts.iot.send(new Command({ policyName, target: parts.arns.certificate(certificateId) }))
      parts.certificates.watch.forget(certificateId)
    }
    return undefined
  },

  undo: ({ act, policyName }, changes) => ({
    change: { kind: 'policy', act: act === 'attach' ? 'detach' : 'attach', policyName },
    only: certificatesIn(changes),
  }),

  written: (_, { act }, changes) =>
    writtenToCertificates(parts, act === 'attach' ? 'AttachPolicy' : 'DetachPolicy', changes),
})
