import { type AuditResource, shadowResourceId } from '@thingdeck/contract'
import { partitionOf } from '@thingdeck/policies'
import type { Config } from '../config.ts'
import type { ShadowKey } from './shadows.ts'

/** Resources as the audit trail names them. */
export interface Arns {
  /** With its ARN, as in policies. */
  thing(thingName: string): AuditResource
  /** With its ARN, in which a named shadow stands below its thing (AWS service authorization reference, IoT). */
  shadow(key: ShadowKey): AuditResource
  /** With its ARN, as in policies. */
  topic(topic: string): AuditResource
  /** With its ARN, as in policies. */
  client(clientId: string): AuditResource
  /** The ARN of a certificate, by its id. */
  certificate(certificateId: string): string
  /** What all ARNs of AWS IoT in this account and region begin with, without the colon: `arn:aws:iot:REGION:ACCOUNT`. */
  readonly prefix: string
}

export function createArns({ region, account }: Pick<Config, 'region' | 'account'>): Arns {
  const prefix = `arn:${partitionOf(region)}:iot:${region}:${account}`
  return {
    prefix,
    shadow(key) {
      const id = shadowResourceId(key)
      return { type: 'shadow', id, arn: `${prefix}:thing/${id}` }
    },
    thing: (thingName) => ({ type: 'thing', id: thingName, arn: `${prefix}:thing/${thingName}` }),
    certificate: (certificateId) => `${prefix}:cert/${certificateId}`,
    client: (clientId) => ({ type: 'client', id: clientId, arn: `${prefix}:client/${clientId}` }),
    topic: (topic) => ({ type: 'topic', id: topic, arn: `${prefix}:topic/${topic}` }),
  }
}
