import { DescribeCertificateCommand, type IoTClient } from '@aws-sdk/client-iot'
import type { ClaimCertificate, ClaimCertificateList } from '@thingdeck/contract'
import { compilePolicies, evaluate, MalformedPolicyError, parsePolicyDocument } from '@thingdeck/policies'
import { KeptReads } from '../../aws/kept-reads.ts'
import { Pace } from '../../aws/pace.ts'
import type { PolicyLooks } from '../../aws/policy-looks.ts'
import { unlessGone } from '../../aws/unless-gone.ts'
import { isRefused } from '../../aws/why-unread.ts'
import type { Clock } from '../../clock.ts'

/** AWS takes 10 DescribeCertificate a second of an account: half of them are left to others. */
const PER_SECOND = 5
/** A certificate that was activated or deactivated shows it after so long. */
const KEPT_MS = 5_000

type CertificateState = Pick<ClaimCertificate, 'status' | 'createdAt'>

/** Finds the certificates by which devices may be provisioned: AWS keeps no list of them, their policies alone tell. */
export class ClaimCertificates {
  readonly #iot: IoTClient
  readonly #policies: PolicyLooks
  readonly #pace: Pace
  readonly #states: KeptReads<CertificateState | undefined>

  constructor(iot: IoTClient, policies: PolicyLooks, clock: Clock) {
    this.#iot = iot
    this.#policies = policies
    this.#pace = new Pace(clock, PER_SECOND)
    this.#states = new KeptReads(clock, KEPT_MS, 256)
  }

  /**
   * What is known by now. Errors are AWS's own.
   * @param arnPrefix of this account and region: `arn:aws:iot:REGION:ACCOUNT`
   */
  async of(templateName: string, arnPrefix: string): Promise<ClaimCertificateList> {
    const { documents, looked, listed, isOver, isAll } = await this.#policies.documents()
    const speaking = [...documents].filter(([name, text]) => letsProvision(name, text, templateName, arnPrefix))
    const all = await Promise.all(
      speaking.map(async ([policyName, text]) => ({
        policyName,
        isWide: letsPublishAnything(policyName, text, arnPrefix),
        ...(await this.#policies.targetsOf(policyName)),
      })),
    )
    const found = all.filter(({ isWide }) => !isWide)
    const policiesOf = new Map<string, string[]>()
    for (const { policyName, targets } of found) {
      for (const target of targets) policiesOf.set(target, [...(policiesOf.get(target) ?? []), policyName])
    }
    const certificates = await Promise.all(
      [...policiesOf].flatMap(([target, policyNames]) => {
        const [, certificateId] = /:cert\/([0-9a-f]{64})$/.exec(target) ?? []
        return certificateId === undefined ? [] : [this.#certificate(certificateId, policyNames)]
      }),
    )
    return {
      looked,
      listed,
      isOver,
      isAll,
      certificates: certificates.flatMap((certificate) => certificate ?? []),
      thingGroups: [...policiesOf.keys()].flatMap((target) => /:thinggroup\/(.+)$/.exec(target)?.[1] ?? []),
      wide: all.flatMap(({ isWide, policyName, targets, hasMoreTargets }) =>
        isWide && targets.length > 0 ? [{ policyName, targets: targets.length, hasMoreTargets }] : [],
      ),
      hasMoreTargets: found.some(({ hasMoreTargets }) => hasMoreTargets),
    }
  }

  async #certificate(certificateId: string, policyNames: readonly string[]): Promise<ClaimCertificate | undefined> {
    const state = await this.#states.read(certificateId, async () => {
      await this.#pace.turn()
      return this.#stateOf(certificateId)
    })
    return state && { certificateId, ...state, policyNames: [...policyNames].sort() }
  }

  async #stateOf(certificateId: string): Promise<CertificateState | undefined> {
    try {
      const found = await unlessGone(this.#iot.send(new DescribeCertificateCommand({ certificateId })))
      if (!found) return undefined
      const { status, creationDate } = found.certificateDescription ?? {}
      return { ...(status && { status }), ...(creationDate && { createdAt: creationDate.toISOString() }) }
    } catch (error) {
      if (isRefused(error)) return {}
      throw error
    }
  }
}

/**
 * Whether a policy lets its holder register a device by a template, in JSON or in CBOR.
 * @see AWS IoT Core developer guide, "Device provisioning MQTT API"
 */
function letsProvision(policyName: string, text: string, templateName: string, arnPrefix: string): boolean {
  const topic = `$aws/provisioning-templates/${templateName}/provision`
  return ['json', 'cbor'].some((format) => letsPublish(policyName, text, `${arnPrefix}:topic/${topic}/${format}`))
}

/** A topic that no policy names: what allows it allows everything, or nearly so. */
const ANY_TOPIC = 'thingdeck/any/topic/whatsoever'

const letsPublishAnything = (policyName: string, text: string, arnPrefix: string): boolean =>
  letsPublish(policyName, text, `${arnPrefix}:topic/${ANY_TOPIC}`)

function letsPublish(policyName: string, text: string, resource: string): boolean {
  try {
    const compiled = compilePolicies([{ policyName, document: parsePolicyDocument(text) }])
    const { decision, nearMisses } = evaluate(compiled, { action: 'iot:Publish', resource })
    // A condition, or a variable that a connection fills in, may let somebody all the same.
    const isOpen = nearMisses.some(({ reason }) => reason === 'CONDITION' || reason === 'UNRESOLVED_VARIABLE')
    return decision === 'ALLOWED' || (decision === 'IMPLICIT_DENY' && isOpen)
  } catch (error) {
    if (error instanceof MalformedPolicyError) return false // AWS took it: it says more than this parser knows
    throw error
  }
}
