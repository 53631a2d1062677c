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
