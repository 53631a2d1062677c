import type { TimelineSubject } from '@thingdeck/contract'
import { capitalised } from '../../../shared/format.ts'
import type { Moment, MomentTone } from './moment.ts'
import { principalInWords } from './principal-words.ts'

/** When the certificates that are attached at present were made, begin and cease to be valid. */
export function certificateMoments(
  { principals }: Pick<TimelineSubject, 'principals'>,
  nowMs: number,
): readonly Moment[] {
  return principals.flatMap(({ principalId, certificate }) => {
    if (!certificate) return []
    const { createdAt, notBefore, notAfter } = certificate
    const name = principalInWords(principalId)
    const at = (what: string, iso: string | undefined, tone: MomentTone, words: (isPast: boolean) => string) =>
      iso === undefined
        ? []
        : [moment(`certificate:${principalId}:${what}`, Date.parse(iso), tone, (atMs) => words(atMs <= nowMs))]
    return [
      ...at('created', createdAt, 'info', () => `${capitalised(name)} was made`),
      // One that is valid as soon as it is made says nothing by it.
      ...(isLater(notBefore, createdAt)
        ? at('valid', notBefore, 'info', () => `${capitalised(name)} becomes valid`)
        : []),
      ...at('expires', notAfter, 'error', (isPast) => `${capitalised(name)} ${isPast ? 'expired' : 'expires'}`),
    ]
  })
}

const isLater = (one: string | undefined, other: string | undefined) =>
  one !== undefined && other !== undefined && Date.parse(one) > Date.parse(other) + 60_000

const moment = (id: string, atMs: number, tone: MomentTone, title: (atMs: number) => string): Moment => ({
  id,
  kind: 'access',
  tone,
  atMs,
  times: 1,
  title: title(atMs),
  log: [],
  activity: [],
})
