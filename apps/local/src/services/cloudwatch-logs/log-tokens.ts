import { invalidNextToken } from './log-errors.ts'
import type { EventPlace } from './log-schema.ts'

/** Where GetLogEvents goes on: `f/…` forward, `b/…` backward, as AWS's own tokens look. */
export interface StreamToken {
  readonly isForward: boolean
  readonly place: EventPlace
}

export const formatStreamToken = ({ isForward, place }: StreamToken): string =>
  `${isForward ? 'f' : 'b'}/${formatEventId(place)}/s`

/** @throws {AwsError} InvalidParameterException */
export function parseStreamToken(token: string): StreamToken {
  const [, direction, time, seq] = /^([fb])\/(\d{16})(\d{40})\/s$/.exec(token) ?? []
  const place = { atMs: Number(time), seq: Number(seq) }
  if (direction === undefined || !Object.values(place).every(Number.isSafeInteger)) throw invalidNextToken()
  return { isForward: direction === 'f', place }
}

/** 56 digits, in whose order events stand. */
export const formatEventId = ({ atMs, seq }: EventPlace): string =>
  String(atMs).padStart(16, '0') + String(seq).padStart(40, '0')
