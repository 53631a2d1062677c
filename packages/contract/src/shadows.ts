import { type Static, Type } from 'typebox'
import { DOCUMENT, type DocumentBody, defineEndpoints, json } from './endpoint.ts'
import { ThingName } from './things.ts'

/** Whether there is a classic shadow, and the names of the others. */
export const ShadowList = Type.Object({ classic: Type.Boolean(), named: Type.Array(Type.String()) })
export type ShadowList = Static<typeof ShadowList>

/** AWS IoT API reference, GetThingShadow. */
export const ShadowName = Type.String({ minLength: 1, maxLength: 64, pattern: '^[$a-zA-Z0-9:_-]+$' })

const params = Type.Object({ thingName: ThingName })
const shadowName = Type.Optional(Type.String({ ...ShadowName, description: 'Absent: the classic one' }))
const path = '/api/things/:thingName/shadow'

/** AWS takes 8 KB of state (30 KB when raised); names, token and white space come on top. */
const ShadowDocument: DocumentBody = { kind: 'document', maxBytes: 128 * 1024 }

/** Documents are AWS's own. REST is the fallback for when the page's MQTT session is down. */
export const shadowEndpoints = defineEndpoints({
  listShadows: {
    method: 'GET',
    path: '/api/things/:thingName/shadows',
    summary: 'The shadows of a thing by name',
    access: 'viewer',
    params,
    answer: json(ShadowList),
  },
  getShadow: {
    method: 'GET',
    path,
    summary: 'The document of a shadow',
    access: 'viewer',
    params,
    query: Type.Object({
      shadowName,
      optional: Type.Optional(Type.Boolean({ description: 'Answers 204, not 404, where there is no shadow' })),
    }),
    answer: DOCUMENT,
  },
  updateShadow: {
    method: 'POST',
    path,
    summary: 'Updates a shadow by a request document',
    access: 'operator',
    audit: 'UpdateThingShadow',
    params,
    query: Type.Object({ shadowName }),
    body: ShadowDocument,
    answer: DOCUMENT,
  },
  deleteShadow: {
    method: 'DELETE',
    path,
    summary: 'Deletes a shadow',
    access: 'operator',
    audit: 'DeleteThingShadow',
    params,
    query: Type.Object({ shadowName }),
    answer: DOCUMENT,
  },
})
