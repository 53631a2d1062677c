import { choiceParam, defined, textParam, timeParam } from '../../shared/search-params.ts'

/** When something of the trace was logged, and whether a day after it is read, too. */
export interface TraceSearch {
  /** ISO 8601. */
  readonly at?: string
  readonly wide?: '1'
}

export const validateTraceSearch = (raw: Record<string, unknown>): TraceSearch =>
  defined({ at: timeParam(raw.at), wide: choiceParam(raw.wide, ['1']) })

/** The message that is looked for: MQTT carries no trace id. */
export interface MessageTraceSearch extends TraceSearch {
  readonly topic?: string
  /** Who published it, where that is known. */
  readonly client?: string
  /** The one of several publishes that is meant: its trace id. */
  readonly choice?: string
}

export const validateMessageTraceSearch = (raw: Record<string, unknown>): MessageTraceSearch =>
  defined({
    ...validateTraceSearch(raw),
    topic: textParam(raw.topic),
    client: textParam(raw.client),
    choice: textParam(raw.choice),
  })
