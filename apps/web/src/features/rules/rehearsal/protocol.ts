import type { AskedService, ServiceAnswer } from '@thingdeck/rules-sql'
import type { MessageProperties, Qos } from '../../../shared/mqtt/message.ts'

/** As much of a rule as a rehearsal looks at: what `RulePayload` of the contract has of it. */
export interface RehearsedRule {
  readonly sql: string
  readonly awsIotSqlVersion?: string | undefined
  /** Each with the one member that names it, as AWS has actions. */
  readonly actions: readonly object[]
  readonly errorAction?: object | undefined
}

/** Where a message that is rehearsed comes from. */
export type MessageSource = 'live' | 'kept' | 'recording' | 'typed'

/** A message to rehearse on. */
export interface RehearsalMessage {
  readonly source: MessageSource
  readonly topic: string
  readonly payload: Uint8Array
  readonly qos: Qos
  readonly retain: boolean
  /** What `timestamp()` says. */
  readonly receivedAtMs: number
  /** MQTT does not tell who published: known only where it was typed in, or the log told. */
  readonly clientId?: string | undefined
  readonly principal?: string | undefined
  readonly properties?: MessageProperties | undefined
}

/** What a rehearsal is of. */
export interface RehearsalRules {
  readonly draft: RehearsedRule
  readonly deployed?: RehearsedRule | undefined
  readonly ruleName: string
  readonly account: { readonly id: string; readonly region: string }
  readonly answers: readonly ServiceAnswer[]
}

export type DecisionKind = 'matched' | 'no match' | 'other topic' | 'failed'

/** What a rule makes of a message, in a line. */
export interface DecisionLine {
  readonly kind: DecisionKind
  /** The beginning of the output of what matched; of all else why not. */
  readonly words: string
}

export interface RehearsalRow {
  readonly id: number
  readonly source: MessageSource
  readonly topic: string
  readonly receivedAtMs: number
  readonly draft: DecisionLine
  /** Only where it is decided otherwise. */
  readonly deployed?: DecisionLine | undefined
}

/** A part of the SQL with what came of it. Offsets are UTF-16 code units of the draft's SQL. */
export interface SqlMark {
  readonly from: number
  readonly to: number
  readonly text: string
  readonly tone: 'false' | 'undefined' | 'true' | 'error'
}

export interface SqlProblem {
  readonly message: string
  readonly from?: number | undefined
  readonly to?: number | undefined
}

/** Which rows are shown. */
export type RowFilter = 'all' | 'matched' | 'not matched' | 'different'

export interface RehearsalView {
  /** Why the draft, or the deployed rule, cannot be run at all. */
  readonly problem?: SqlProblem | undefined
  readonly deployedProblem?: string | undefined
  /** Messages that came: `came = decided + waiting + dropped`. */
  readonly counts: {
    readonly decided: number
    readonly waiting: number
    /** More came than could be looked at. */
    readonly dropped: number
    /** Of those decided so many are kept, to be decided anew. */
    readonly kept: number
    readonly matched: number
    readonly notMatched: number
    readonly otherTopic: number
    readonly failed: number
    /** Decided otherwise by the deployed rule; undefined without one. */
    readonly different?: number | undefined
  }
  readonly marks: readonly SqlMark[]
  readonly asked: readonly AskedService[]
  /** Another with each change of the rules or of what is shown, and when all is cleared. */
  readonly run: string
  /** The newest first. */
  readonly rows: readonly RehearsalRow[]
  /** So many more pass the filter. */
  readonly moreRows: number
}

/** A term of WHERE for one message, with the value that it had. */
export interface TermLine {
  readonly depth: number
  readonly text: string
  /** As JSON, or `Undefined`. */
  readonly value: string
  readonly from: number
  readonly to: number
}

export interface TemplateLine {
  readonly member: string
  readonly text: string
  /** What it is for this message. */
  readonly value?: string | undefined
  readonly problem?: string | undefined
}

export interface ActionLine {
  /** `actions[0].republish` */
  readonly place: string
  readonly name: string
  readonly templates: readonly TemplateLine[]
  /** What would be sent: lines of a request, as JSON. */
  readonly request?: { readonly operation: string; readonly text: string } | undefined
  readonly problem?: string | undefined
}

/** All that a rule makes of a message. */
export interface DecisionDetail extends DecisionLine {
  readonly terms: readonly TermLine[]
  readonly variables: readonly { readonly name: string; readonly value: string }[]
  readonly undefinedNotes: readonly string[]
  /** Bytes as they go to the actions. */
  readonly output?: Uint8Array | undefined
  readonly actions: readonly ActionLine[]
}

export interface RehearsalDetail {
  readonly id: number
  readonly message: RehearsalMessage
  readonly draft: DecisionDetail
  readonly deployed?: DecisionDetail | undefined
}

/** What the page may ask of the worker that rehearses. */
export type RehearsalProcedures = {
  /** Decides all that is kept anew. */
  readonly 'rehearsal.setRules': (rules: RehearsalRules) => void
  /** @param dropped so many came besides, and were not handed on */
  readonly 'rehearsal.add': (batch: {
    readonly messages: readonly RehearsalMessage[]
    readonly dropped: number
  }) => void
  /** Reads a recording: messages of the rule's FROM alone. Answers how many there were. */
  readonly 'rehearsal.read': (request: {
    readonly file: Blob
  }) => Promise<{ readonly messages: number; readonly skipped: number }>
  readonly 'rehearsal.clear': (nothing?: undefined) => void
  readonly 'rehearsal.show': (request: { readonly filter: RowFilter; readonly count: number }) => void
  /** Undefined once it is no longer kept. */
  readonly 'rehearsal.detail': (request: { readonly id: number }) => Promise<RehearsalDetail | undefined>
}

export type RehearsalNotices = { readonly 'rehearsal.view': RehearsalView }

export type { AskedService, ServiceAnswer }
