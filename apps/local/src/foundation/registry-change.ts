import type { Thing } from './thing.ts'

/** A thing type, as its events show it. */
export interface ThingTypeFacts {
  readonly id: string
  readonly description: string | undefined
  readonly searchableAttributes: readonly string[]
  readonly propagatingAttributes: readonly PropagatingAttribute[]
  /** Undefined unless it is deprecated. */
  readonly deprecatedAtMs: number | undefined
}

/** A user property that is added to the MQTT 5 publishes of things of a type; exactly one source is given. */
export interface PropagatingAttribute {
  readonly userPropertyKey?: string | undefined
  readonly thingAttribute?: string | undefined
  /** `iot:ClientId` or `iot:Thing.ThingName`. */
  readonly connectionAttribute?: string | undefined
}

export interface GroupRef {
  readonly name: string
  readonly id: string
  readonly arn: string
}

/** A thing group, as its events show it. */
export interface GroupFacts {
  readonly id: string
  readonly description: string | undefined
  readonly attributes: Readonly<Record<string, string>>
  readonly version: number
  /** From the root of the hierarchy to the parent. */
  readonly ancestors: readonly GroupRef[]
}

/**
 * What changed in the registry, told after it was written. Only what was asked for is told: that a deleted thing left
 * its groups, or that a deleted group lost its members, follows from `deleted`.
 */
export type RegistryChange =
  | { readonly type: 'thing'; readonly operation: 'created' | 'deleted'; readonly thing: Thing }
  | { readonly type: 'thing'; readonly operation: 'updated'; readonly thing: Thing; readonly before: Thing }
  | {
      readonly type: 'thingType'
      readonly operation: 'created' | 'updated' | 'deleted'
      readonly name: string
      readonly arn: string
      /** As it is now, or was when it was deleted. */
      readonly thingType: ThingTypeFacts
    }
  | {
      readonly type: 'thingGroup'
      readonly operation: 'created' | 'updated' | 'deleted'
      readonly name: string
      readonly arn: string
      /** Read when it is asked for. */
      readonly group: () => GroupFacts
    }
  | {
      readonly type: 'billingGroup'
      readonly operation: 'created' | 'updated' | 'deleted'
      readonly name: string
      readonly arn: string
    }
  | {
      readonly type: 'membership'
      readonly operation: 'added' | 'removed'
      readonly thing: Thing
      readonly group: GroupRef
    }
  | {
      readonly type: 'principal'
      readonly operation: 'attached' | 'detached'
      readonly thingName: string
      /** Certificate ARN or Cognito identity id. */
      readonly principal: string
    }
