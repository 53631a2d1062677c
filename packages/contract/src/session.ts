import { type Static, Type } from 'typebox'

/** What a person may do: `viewer` reads, `operator` also publishes and edits shadows, `admin` also changes the registry. */
export const Role = Type.Union([Type.Literal('viewer'), Type.Literal('operator'), Type.Literal('admin')])
export type Role = Static<typeof Role>

/** `GET /api/session`: who is signed in, and on which account the console stands. */
export const Session = Type.Object({
  person: Type.Object({ id: Type.String(), name: Type.String(), role: Role }),
  account: Type.String({ description: 'AWS account id, 12 digits' }),
  region: Type.String(),
  environment: Type.String({ description: 'Label that tells environments apart, e.g. `embedded` or an account alias' }),
})
export type Session = Static<typeof Session>

/**
 * `GET /api/session/mqtt`: what the page needs to open its own MQTT session over WebSocket. The credentials are
 * temporary, of the person's Cognito identity, and can do nothing but MQTT.
 */
export const MqttSession = Type.Object({
  url: Type.String({ description: 'Unsigned WebSocket URL, e.g. `wss://HOST/mqtt`; the page signs it' }),
  region: Type.String(),
  clientIdPrefix: Type.String({ description: 'The role policy admits client ids that begin with this' }),
  credentials: Type.Object({
    accessKeyId: Type.String(),
    secretAccessKey: Type.String(),
    sessionToken: Type.String(),
    expiresAt: Type.String({ format: 'date-time' }),
  }),
})
export type MqttSession = Static<typeof MqttSession>
