import type { AskedService, ServiceAnswer, ServiceCall } from '@thingdeck/rules-sql'
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
  /** As above: the address that it came from. */
  readonly sourceIp?: string | undefined
  readonly properties?: MessageProperties | undefined
}

/** An answer of the table, as it was filled in, or as AWS gave it. */
export interface RehearsalAnswer extends ServiceAnswer {
  /** When AWS was really asked; undefined for what somebody wrote. */
  readonly calledAtMs?: number | undefined
}

/** What a rehearsal is of. */
export interface RehearsalRules {
  readonly draft: RehearsedRule
  /** Beside which the draft is run: what is deployed, or the same under another SQL version. */
  readonly compared?: RehearsedRule | undefined
  readonly ruleName: string
  readonly account: { readonly id: string; readonly region: string }
  readonly answers: readonly ServiceAnswer[]
  /** Who sent messages of which nobody knows it, as somebody typed it. */
  readonly sender?: Sender | undefined
}

export type Sender = Pick<RehearsalMessage, 'clientId' | 'principal' | 'sourceIp'>

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
  readonly compared?: DecisionLine | undefined
  /** Where actions would send something else, though both decide the same. */
  readonly sentOtherwise?: readonly string[] | undefined
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
  /** Why the draft, or what it is compared with, cannot be run at all. */
  readonly problem?: SqlProblem | undefined
  readonly comparedProblem?: string | undefined
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
    /** Decided otherwise by what is compared; undefined without it. */
    readonly different?: number | undefined
    /** Decided the same, while actions would send something else; undefined as above. */
    readonly sentOtherwise?: number | undefined
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
  /** Which of its templates have no value for it, and leave nothing in their place: `${site}`. */
  readonly missing?: readonly string[] | undefined
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

/** What the error action would send. */
export interface ErrorActionLine extends ActionLine {
  /** No action fails with this message by itself: it is as if all had. */
  readonly isAssumed: boolean
  /** Places of the actions that the document tells of. */
  readonly failing: readonly string[]
  /** What AWS IoT gives it, as JSON. */
  readonly document: string
}

/** All that a rule makes of a message. */
export interface DecisionDetail extends DecisionLine {
  readonly terms: readonly TermLine[]
  readonly variables: readonly { readonly name: string; readonly value: string }[]
  readonly undefinedNotes: readonly string[]
  /** Bytes as they go to the actions. */
  readonly output?: Uint8Array | undefined
  readonly actions: readonly ActionLine[]
  /** Undefined where the rule has none, or the message does not match. */
  readonly errorAction?: ErrorActionLine | undefined
}

export interface RehearsalDetail {
  readonly id: number
  readonly message: RehearsalMessage
  readonly draft: DecisionDetail
  readonly compared?: DecisionDetail | undefined
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

export type { AskedService, ServiceAnswer, ServiceCall }
