import { choiceParam, defined, type RawSearch, textParam, versionParam } from '../../shared/search-params.ts'
import { SPANS, type Span } from '../../shared/time-range.ts'

/** Whose recorded messages are taken to be. */
export interface PartiesSearch {
  /** Who is taken to have published them; left out: the thing that the topic names. */
  readonly by?: 'thing' | 'nobody'
  readonly byTopic?: string
  readonly byThing?: string
  /** Who is taken to receive them; left out: nobody. */
  readonly to?: 'thing' | 'topic'
  readonly toTopic?: string
  readonly toThing?: string
}

const partiesSearch = (raw: RawSearch): PartiesSearch =>
  defined({
    by: choiceParam(raw.by, ['thing', 'nobody'] as const),
    byTopic: textParam(raw.byTopic),
    byThing: textParam(raw.byThing),
    to: choiceParam(raw.to, ['thing', 'topic'] as const),
    toTopic: textParam(raw.toTopic),
    toThing: textParam(raw.toThing),
  })

export interface RehearsalSearch extends PartiesSearch {
  /** How far back the log is read; left out: an hour. */
  readonly last?: Span
  /** The version that is rehearsed; left out: the draft of this tab. */
  readonly version?: string
  /** Messages that the inspector received in place of the log. */
  readonly on?: 'recording'
}

export const validateRehearsalSearch = (raw: RawSearch): RehearsalSearch => ({
  ...defined({
    last: choiceParam(raw.last, SPANS),
    version: versionParam(raw.version),
    on: choiceParam(raw.on, ['recording'] as const),
  }),
  ...partiesSearch(raw),
})

/** From how many topics on, that differ in one level alone, the level becomes a wildcard. */
export const GENERALISE = ['3', '10'] as const

export interface FromTrafficSearch extends PartiesSearch {
  readonly last?: Span
  /** Messages that the inspector received in place of the log. */
  readonly on?: 'recording'
  /** The client whose traffic is looked at. */
  readonly client?: string
  readonly generalise?: (typeof GENERALISE)[number]
  /** The shadows and jobs of its own thing are one line each. */
  readonly own?: '1'
  /** What was refused is to be allowed as well. */
  readonly refused?: '1'
}

export const validateFromTrafficSearch = (raw: RawSearch): FromTrafficSearch => ({
  ...defined({
    last: choiceParam(raw.last, SPANS),
    on: choiceParam(raw.on, ['recording'] as const),
    client: textParam(raw.client),
    generalise: choiceParam(raw.generalise, GENERALISE),
    own: choiceParam(raw.own, ['1'] as const),
    refused: choiceParam(raw.refused, ['1'] as const),
  }),
  ...partiesSearch(raw),
})
