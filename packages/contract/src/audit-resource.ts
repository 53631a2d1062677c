import { type Static, Type } from 'typebox'

/** What a write was about: any resource of AWS IoT, or of the console's own. */
export const AuditResource = Type.Object({
  type: Type.String({
    pattern: '^[a-z][a-z-]{0,63}$',
    description:
      "AWS's word: `thing`, `shadow`, `certificate`, `policy`, `thing-group`, …; `bulk-change` is the console's",
  }),
  id: Type.String({
    minLength: 1,
    maxLength: 2_048,
    description: 'Its name, or id where it has none; of a shadow `THING`, or `THING/SHADOW` for a named one',
  }),
  arn: Type.Optional(Type.String({ description: 'Where AWS gives one' })),
})
export type AuditResource = Static<typeof AuditResource>

/** Which shadow: without a name, the classic one. */
interface ShadowNames {
  readonly thingName: string
  readonly shadowName?: string | undefined
}

/** The id of a shadow as a resource; no name holds a `/`. As in its ARN (AWS service authorization reference, IoT). */
export const shadowResourceId = ({ thingName, shadowName }: ShadowNames): string =>
  shadowName === undefined ? thingName : `${thingName}/${shadowName}`

/** The thing that a resource is, or that it is a shadow of; of a shadow its name, too. Undefined: it is neither. */
export function thingOfResource({ type, id }: AuditResource): ShadowNames | undefined {
  if (type === 'thing') return { thingName: id }
  if (type !== 'shadow') return undefined
  const [thingName = '', shadowName] = id.split('/')
  return { thingName, ...(shadowName !== undefined && { shadowName }) }
}
