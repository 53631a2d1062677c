import type { IotLogEntry } from '@thingdeck/contract'

/** An entry in an address: when it was, so that it is found again, and CloudWatch's own id. */
export const entryIdOf = ({ at, eventId }: IotLogEntry): string => `${Date.parse(at)}.${eventId}`

/** Undefined: it is none. */
export function parseEntryId(id: string): { readonly atMs: number; readonly eventId: string } | undefined {
  const [, ms, eventId] = /^(\d{1,15})\.(.+)$/.exec(id) ?? []
  return ms === undefined || eventId === undefined ? undefined : { atMs: Number(ms), eventId }
}
