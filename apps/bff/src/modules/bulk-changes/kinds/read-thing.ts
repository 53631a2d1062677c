import { DescribeThingCommand, type IoTClient } from '@aws-sdk/client-iot'
import type { AuditChange } from '@thingdeck/contract'
import type { Arns } from '../../../aws/arns.ts'

export interface ThingParts {
  readonly iot: IoTClient
  readonly arns: Pick<Arns, 'thing'>
}

/** What the registry has of a thing: one request. Errors are AWS's own. */
export const readThing = (iot: IoTClient, thingName: string) => iot.send(new DescribeThingCommand({ thingName }))

/** One member that is a text, before and after; undefined: it is not there. */
export const textChange = (path: string, before: string | undefined, after: string | undefined): AuditChange => ({
  path,
  ...(before !== undefined && { beforeText: JSON.stringify(before) }),
  ...(after !== undefined && { afterText: JSON.stringify(after) }),
})

/** What a text member was before; undefined: it was not there. */
export function textBefore(changes: readonly AuditChange[], path: string): string | undefined {
  const text = changes.find((change) => change.path === path)?.beforeText
  return text === undefined ? undefined : String(JSON.parse(text))
}
