/**
 * What stands in the filter field: terms with white space between, of which a message must meet all.
 *
 *     pump alarm            both words, in topic or payload, whatever the case of ASCII letters
 *     "pump 7"              the words with their space
 *     topic:dt/+/pump-7/#   the topic matches the filter
 *     topic:"hall 2/#"      the same with blanks in it; \\" and \\\\ stand for " and \\
 *     /flow":\s*4/i         a regular expression on topic or payload
 *     $.a.b[0] > 20         a JSON path; = != > >= < <= with a number, "text", true, false or null
 *     $.alarm               the path exists
 *     last:5m               received in the last 5 minutes (s, m, h, d)
 *     time:12:04..12:10     received from … to …: ISO 8601, or a time of today; either end may be left out
 *     SQL temperature > 20  what rules ask: an expression, WHERE …, or a whole SELECT … FROM … WHERE; up to the end
 *     -pump, -topic:…, -$.a not: any term with a minus before it
 */
export type FilterLanguage = 'text' | 'regex' | 'topic' | 'path' | 'time' | 'sql'

/** What a filter asks, as the SQL of rules has it. */
export interface FilterRule {
  /** A whole statement, where that is what the filter is. */
  readonly sql?: string
  /** Undefined: the filter asks for no topics. */
  readonly from: string | undefined
  readonly where: string | undefined
}

/** Why a filter cannot be read. Offsets are UTF-16 code units into the filter text. */
export interface FilterProblem {
  readonly from: number
  readonly to: number
  /** A sentence for a person. */
  readonly message: string
}

export interface FilterTerm {
  readonly language: FilterLanguage
  readonly from: number
  readonly to: number
  readonly negated: boolean
}

export interface FilterReport {
  readonly text: string
  readonly problem?: FilterProblem
  readonly terms: readonly FilterTerm[]
  /** The same as a rule; left out where no rule can be asked it. */
  readonly rule?: FilterRule
  /** Words and patterns to mark in what is shown: as sources of case-insensitive regular expressions. */
  readonly highlights: readonly string[]
  readonly state: 'searching' | 'complete' | 'cancelled' | 'problem'
  /** Rows looked at, of all that are kept. */
  readonly scanned: number
  readonly total: number
  /** How long the search over what was kept took so far, waiting included. */
  readonly elapsedMs: number
  /**
   * What the search did not do, in words: payloads of which only the beginning was tested, a pattern given up on.
   * Empty when every payload was tested whole.
   */
  readonly notes: readonly string[]
}
