import type { ContextEntries } from '@thingdeck/policies'
import type { Changes } from './changes.ts'
import type { PropagatingAttribute, RegistryChange } from './registry-change.ts'
import type { Thing } from './thing.ts'

/** A thing group, as far as policies care. */
export interface ThingGroupFacts {
  /** ARNs of the groups above it. */
  readonly ancestors: readonly string[]
  /** Dynamic groups hold no policies. */
  readonly dynamic: boolean
}

/** Which things of a group are asked for. */
export interface GroupPage {
  /** Where the page before has ended. */
  readonly token: string | undefined
  /** At most so many are found. */
  readonly count: number
  /** Of a dynamic group at most so many things are looked at; the page may then be short, even empty. */
  readonly examined: number
}

/** What the registry answers the rest of the server. Principals are certificates' ARNs and Cognito identities' ids. */
export interface ThingDirectory {
  thing(thingName: string): Thing | undefined
  /** Names of the things that a principal is attached to. */
  thingsOf(principal: string): readonly string[]
  /** The thing that a principal is attached to exclusively. */
  exclusiveThingOf(principal: string): string | undefined
  isAttached(thingName: string, principal: string): boolean
  /** ARNs of the static groups that a thing is in, and of all above them: those whose policies reach it. */
  groupArnsOf(thingName: string): readonly string[]
  group(thingGroupName: string): ThingGroupFacts | undefined
  /**
   * Names of things of a group, and of the groups below it. Without a token in the answer these were the last ones.
   * @throws {AwsError} ResourceNotFoundException; InvalidRequestException for a token that is none, or whose dynamic
   *   group has another query now
   */
  thingsIn(
    thingGroupName: string,
    page: GroupPage,
  ): { readonly things: readonly string[]; readonly token: string | undefined }
  /** How the group with an id is called. */
  groupNameOf(thingGroupId: string): string | undefined
  /** What a thing type adds to the messages of its things. */
  propagatingAttributesOf(thingTypeName: string): readonly PropagatingAttribute[]
  /** Told after each change, before the call that made it returns. */
  readonly changes: Changes<RegistryChange>
}

/** What policies would know of a principal that is connected under a client id: the same as in the broker. */
export interface ConnectionFacts {
  /** The thing that the connection belongs to, if its principal is attached to it. */
  associatedThing(principal: string, clientId: string | undefined): string | undefined
  /** Values by context key. */
  contextOf(principal: string, clientId: string | undefined): ContextEntries
}
