import type { Thing } from './thing.ts'

/**
 * What changed in the registry, told after it was written. Only what was asked for is told: that a deleted thing left
 * its groups, or that a deleted group lost its members, follows from `deleted`.
 */
export type RegistryChange =
  | { readonly type: 'thing'; readonly operation: 'created' | 'updated' | 'deleted'; readonly thing: Thing }
  | {
      readonly type: 'thingType' | 'thingGroup' | 'billingGroup'
      readonly operation: 'created' | 'updated' | 'deleted'
      readonly name: string
      readonly arn: string
    }
  | {
      readonly type: 'membership'
      readonly operation: 'added' | 'removed'
      readonly thingName: string
      readonly thingGroupName: string
    }
  | {
      readonly type: 'principal'
      readonly operation: 'attached' | 'detached'
      readonly thingName: string
      /** Certificate ARN or Cognito identity id. */
      readonly principal: string
    }
