import type { IotLogCriteria, TimelinePrincipal } from '@thingdeck/contract'

/** Whose entries are a thing's. */
export interface ThingIdentity {
  readonly thingName: string
  readonly principals: readonly Pick<TimelinePrincipal, 'principalId' | 'attachment'>[]
}

/** A principal that other things have too does not tell which of them acted. */
export const telling = ({ principals }: ThingIdentity) =>
  principals.filter(({ attachment }) => attachment === 'exclusive' || attachment === 'alone')

/** One of these holds of what is a thing's. */
export const whoCriteria = (identity: ThingIdentity): readonly IotLogCriteria[] => [
  { thingName: identity.thingName },
  ...telling(identity).map(({ principalId }) => ({ principalId })),
]
