import type { GroupRef } from '../../foundation/registry-change.ts'
import type { Attributes } from './attributes.ts'

/** What makes a group dynamic: its members are the things that a query of the fleet index finds. */
export interface DynamicGroupQuery {
  readonly indexName: string
  readonly queryString: string
  readonly queryVersion: string
}

export interface ThingGroup {
  readonly thingGroupName: string
  readonly thingGroupId: string
  readonly thingGroupArn: string
  readonly description: string | undefined
  readonly attributes: Attributes
  /** 1 at creation, one more with each update. */
  readonly version: number
  readonly creationDate: Date
  /** Names from the root of the hierarchy to the parent; empty for a group without parent. */
  readonly ancestors: readonly string[]
  /** Undefined for a static group. */
  readonly query: DynamicGroupQuery | undefined
}

/** As changes name it. */
export const refOf = ({ thingGroupName, thingGroupId, thingGroupArn }: ThingGroup): GroupRef => ({
  name: thingGroupName,
  id: thingGroupId,
  arn: thingGroupArn,
})

export const parentOf = (group: ThingGroup): string | undefined => group.ancestors.at(-1)

/** Two groups are of one hierarchy when their roots are the same. */
export const rootOf = (group: ThingGroup): string => group.ancestors[0] ?? group.thingGroupName
