import type { Client } from '../client.ts'
import { protocolError } from '../codec/byte-reader.ts'
import { decodeDisconnect } from '../codec/decode.ts'
import { REASON } from '../codec/reason-codes.ts'
import type { Engine } from '../engine.ts'

/** DISCONNECT from a client: MQTT 3.1.1 and 5.0 §3.14. */
export function handleDisconnect<Context>(
  engine: Engine<Context>,
  client: Client<Context>,
  bytes: Buffer,
  start: number,
  end: number,
): void {
  const { session, connection } = client
  const { reasonCode, properties } = decodeDisconnect(bytes, start, end, client.version)
  const interval = properties.sessionExpiryInterval
  if (interval !== undefined) {
    if (interval > 0 && session.expirySeconds === 0) {
      throw protocolError('A session that ends with its connection cannot be prolonged') // §3.14.2.2.2
    }
    session.expirySeconds = Math.min(interval, engine.limits.sessionExpirySeconds)
  }
  const preventWill = reasonCode === REASON.SUCCESS // [MQTT-3.14.4-3]
  connection.close({ reason: 'CLIENT_INITIATED_DISCONNECT', preventWill })
}
