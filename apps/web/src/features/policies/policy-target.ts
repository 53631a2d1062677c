import type { PolicyTarget } from '@thingdeck/contract'
import { shortCertificateId } from '../../shared/certificate/certificate-id.ts'

/** What a policy can be attached to, as people choose it. */
const TARGET_KINDS = ['certificate', 'thing-group', 'cognito-identity'] as const
export type TargetKind = (typeof TARGET_KINDS)[number]

/** `certificate 5f2c0f1e9a…`, `thing group halls`, `identity eu-central-1:…`. */
export function targetInWords({ kind, id }: Pick<PolicyTarget, 'kind' | 'id'>): string {
  if (kind === 'certificate') return `certificate ${shortCertificateId(id)}`
  if (kind === 'thing-group') return `thing group ${id}`
  return kind === 'cognito-identity' ? `identity ${id}` : id
}

/**
 * What AttachPolicy takes for what somebody typed: an ARN as it is, an id or a name made into one.
 * @param policyArn of a policy of the same account and region
 */
export function targetOf(policyArn: string, kind: TargetKind, text: string): string {
  const typed = text.trim()
  if (kind === 'cognito-identity' || typed.startsWith('arn:')) return typed
  const prefix = policyArn.slice(0, policyArn.lastIndexOf(':') + 1)
  return `${prefix}${kind === 'certificate' ? 'cert' : 'thinggroup'}/${typed}`
}

/** Why it cannot be one, in a sentence; undefined: it may be. AWS knows whether it is there. */
export function targetProblem(kind: TargetKind, text: string): string | undefined {
  const typed = text.trim()
  if (typed === '') return 'This cannot be empty.'
  if (typed.startsWith('arn:')) return undefined
  if (kind === 'certificate' && !/^[0-9a-f]{64}$/i.test(typed)) {
    return 'An id of a certificate is 64 hexadecimal digits; its ARN is taken, too.'
  }
  if (kind === 'thing-group' && !/^[a-zA-Z0-9:_-]{1,128}$/.test(typed)) {
    return 'A name of a thing group has up to 128 letters, digits and : _ -'
  }
  if (kind === 'cognito-identity' && !/^[\w-]+:[0-9a-f-]{36}$/.test(typed)) {
    return 'An identity is a region and a UUID, eu-central-1:0f1e…'
  }
  return undefined
}
