import type { PolicyTarget } from '@thingdeck/contract'

/** `eu-central-1:` and a UUID (Amazon Cognito API reference, GetId). */
const IDENTITY_ID = /^[\w-]+:[0-9a-f-]+$/

/** What AttachPolicy was given: `arn:…:cert/ID`, `arn:…:thinggroup/NAME`, or the id of a Cognito identity. */
export function parseTarget(target: string): PolicyTarget {
  const [, kind, id] = /^arn:[^:]*:iot:[^:]*:[^:]*:(cert|thinggroup)\/(.+)$/.exec(target) ?? []
  if (id !== undefined) return { target, kind: kind === 'cert' ? 'certificate' : 'thing-group', id }
  return { target, kind: IDENTITY_ID.test(target) ? 'cognito-identity' : 'other', id: target }
}
