import type { Json } from './fleet-sources.ts'

/** What the registry's operations answer, for services that ask on somebody's behalf and have asked whether they may. */
export interface RegistryAnswers {
  /** `DescribeThing`. @throws {AwsError} ResourceNotFoundException */
  describeThing(thingName: string): Json
  /** The first page of `ListThingGroupsForThing`. @throws {AwsError} ResourceNotFoundException */
  listThingGroupsForThing(thingName: string): Json
}

/**
 * `GetThingShadow`: the document's bytes; of the classic shadow where there is no name.
 * @throws {Error} where there is none
 */
export type ReadShadow = (id: { readonly thingName: string; readonly shadowName?: string | undefined }) => Uint8Array
