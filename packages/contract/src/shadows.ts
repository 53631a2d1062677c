import { type Static, Type } from 'typebox'

/** `GET /api/things/:thingName/shadows`: whether there is a classic shadow, and the names of the others. */
export const ShadowList = Type.Object({ classic: Type.Boolean(), named: Type.Array(Type.String()) })
export type ShadowList = Static<typeof ShadowList>

/**
 * `GET|POST|DELETE /api/things/:thingName/shadow?shadowName=`: the documents are AWS's own, passed through as text
 * so that no digit is lost. REST is the fallback for when the page's MQTT session is down.
 */
export const ShadowName = Type.String({ minLength: 1, maxLength: 64, pattern: '^[$a-zA-Z0-9:_-]+$' })
