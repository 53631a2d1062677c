import { type AuditResource, shadowResourceId } from '@thingdeck/contract'
import type { Config } from '../config.ts'
import type { ShadowKey } from './shadows.ts'

/** Names as AWS writes them. */
export interface Arns {
  thing(thingName: string): string
  /** A shadow as the audit trail names it, with its ARN: a named one stands below its thing. */
  shadow(key: ShadowKey): AuditResource
}

/** The partition of a region, by its name: China and the government's regions have their own. */
const partitionOf = (region: string): string =>
  region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws'

export function createArns({ region, account }: Pick<Config, 'region' | 'account'>): Arns {
  const prefix = `arn:${partitionOf(region)}:iot:${region}:${account}`
  const thing = (thingName: string) => `${prefix}:thing/${thingName}`
  return {
    thing,
    shadow(key) {
      const id = shadowResourceId(key)
      return { type: 'shadow', id, arn: thing(id) }
    },
  }
}
