import type { RulePayload } from '@thingdeck/contract'
import { ruleActionName } from '@thingdeck/contract'
import { actionNameOf } from '../../../shared/rule-failures/action-labels.ts'
import type { FailureWords } from '../../../shared/rule-failures/failure.ts'
import { failureOf } from '../../../shared/rule-failures/failure-of-entry.ts'
import { failureWords } from '../../../shared/rule-failures/failure-words.ts'
import { type ActionRun, errorRunOf, type Firing, hasFailed } from './firings.ts'
import { emptyTemplatesOf, placeOfRun } from './run-place.ts'

/** Which run of a firing was that of the rule's error action; AWS has one word for a kind of action. */
export function runOfErrorAction(firing: Firing, { actions, errorAction }: RulePayload): ActionRun | undefined {
  const name = errorAction && ruleActionName(errorAction)
  if (name === undefined) return undefined
  const label = firing.runs.find((run) => actionNameOf(run.label) === name)?.label
  return errorRunOf(firing, label, actions.filter((action) => ruleActionName(action) === name).length)
}

/** How it went for one message, in a word. */
export type Verdict = 'failed' | 'done' | 'done with nothing' | 'under way' | 'nothing yet' | 'nothing done' | 'matched'

/** An entry may come so long after the one before it. */
const SETTLED_MS = 15_000

/**
 * @param nowMs the server's time: what is younger may have entries yet to come
 * @param areSuccessesLogged whether an action that succeeds has an entry (INFO and DEBUG)
 */
export function verdictOf(firing: Firing, nowMs: number, areSuccessesLogged: boolean): Verdict {
  const { runs, at } = firing
  if (hasFailed(firing)) return 'failed'
  if (runs.some(({ outcome }) => outcome === 'begun')) return 'under way'
  if (runs.length > 0) return 'done'
  if (nowMs - Date.parse(at) < SETTLED_MS) return 'nothing yet'
  return areSuccessesLogged ? 'nothing done' : 'matched'
}

/** The same, of which it is told where something of it was empty that was to say something. */
export function verdictOfRule(
  firing: Firing,
  payload: RulePayload,
  nowMs: number,
  areSuccessesLogged: boolean,
): Verdict {
  const verdict = verdictOf(firing, nowMs, areSuccessesLogged)
  if (verdict !== 'done') return verdict
  const isEmpty = firing.runs.some((run) => emptyTemplatesOf(run, placeOfRun(run, payload), payload).length > 0)
  return isEmpty ? 'done with nothing' : verdict
}

/** The failure that is said of a firing in one line: of the rule itself, else of its first action. */
export function firstFailure({ runs, failures }: Firing): FailureWords | undefined {
  const entry = failures[0] ?? runs.find(({ outcome }) => outcome === 'failed')?.entry
  return entry && failureWords(failureOf(entry))
}

/** What became of the message that an action failed for, in a sentence; undefined: none failed. */
export function whatBecameOfIt(firing: Firing, payload: RulePayload): string | undefined {
  if (firing.failures.length > 0) {
    return 'Neither an action nor the error action ran: to this rule the message is lost.'
  }
  if (!firing.runs.some(({ outcome }) => outcome === 'failed')) return undefined
  const retried = 'AWS IoT logs a failure after it has tried as often as it does, and does not try again.'
  if (!payload.errorAction) return `${retried} The rule has no error action: to what failed, the message is lost.`
  const run = runOfErrorAction(firing, payload)
  return `${retried} ${errorActionWords(run)}`
}

function errorActionWords(run: ActionRun | undefined): string {
  if (!run) return 'The log does not have that the error action ran: its success is logged at INFO.'
  if (run.outcome === 'done') return 'The error action took the message, and what went wrong.'
  return run.outcome === 'failed'
    ? 'The error action failed as well: the message is lost.'
    : 'The error action has begun; how it ended is not logged yet.'
}
