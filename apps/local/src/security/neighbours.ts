import type { ContextEntries } from '@thingdeck/policies'
import type { TagKeeper } from '../foundation/tag-keeper.ts'

/** A thing group, as far as policies care. */
export interface ThingGroupFacts {
  /** ARNs of the groups above it. */
  readonly ancestors: readonly string[]
  /** Dynamic groups hold no policies. */
  readonly dynamic: boolean
}

/** What security asks the rest of the server. */
export interface SecurityNeighbours {
  /** Names of the things that a principal (certificate's ARN or Cognito identity id) is attached to. */
  readonly thingsOf: (principal: string) => readonly string[]
  /** The thing that a connection under a client id belongs to, if its principal is attached to it. */
  readonly associatedThing: (principal: string, clientId: string | undefined) => string | undefined
  readonly thingTypeOf?: (thingName: string) => string | undefined
  readonly thingExists: (thingName: string) => boolean
  /** ARNs of the static groups that a thing is in, and of all above them. */
  readonly groupsOfThing: (thingName: string) => readonly string[]
  readonly thingGroup: (thingGroupName: string) => ThingGroupFacts | undefined
  /** What policies would know of a principal that is connected under a client id: the same as in the broker. */
  readonly connectionContext: (principal: string, clientId: string | undefined) => ContextEntries
  readonly tags?: TagKeeper
}
