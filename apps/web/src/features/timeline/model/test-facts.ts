import type { LogFact } from './moment.ts'

export const START_MS = Date.UTC(2026, 2, 4, 5, 0, 0)
export const CERTIFICATE_A = 'a1'.repeat(32)
export const CERTIFICATE_B = 'b2'.repeat(32)

let number = 0

/** An entry of the log at so many seconds after {@link START_MS}, for tests. */
export function fact(seconds: number, eventType: string, members: Partial<LogFact> = {}): LogFact {
  const atMs = START_MS + seconds * 1_000
  number += 1
  return {
    id: `e${number}`,
    atMs,
    time: new Date(atMs).toISOString(),
    match: 'clientId',
    eventType,
    status: 'Success',
    clientId: 'pump-7',
    ...members,
  }
}

export const refused = {
  status: 'Failure',
  logLevel: 'ERROR',
  reason: 'AUTHORIZATION_FAILURE',
  details: 'Authorization Failure',
}
