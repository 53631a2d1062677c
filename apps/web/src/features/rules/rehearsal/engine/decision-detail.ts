import type { ExplainedTerm, RuleEnvironment } from '@thingdeck/rules-sql'
import type { DecisionDetail, RehearsalMessage, TermLine } from '../protocol.ts'
import { matchedOf } from './matched.ts'
import type { RehearsedSide } from './rehearsed-side.ts'
import type { SideActions } from './side-actions.ts'
import { valueText } from './value-text.ts'

/**
 * All that a rule makes of a message.
 * @param environment another one each time, which begins anew
 */
export async function detailOf(
  side: RehearsedSide,
  sideActions: SideActions,
  message: RehearsalMessage,
  environment: () => RuleEnvironment,
): Promise<DecisionDetail> {
  const decision = await side.decide(message, environment())
  const { kind, words, explanation, output } = decision
  const matched = () => matchedOf(side, decision, message, environment())
  const [toSend, toTell] = [matched(), matched()]
  const errorAction = toTell && (await sideActions.errorLine(toTell, message))
  return {
    kind,
    words,
    terms: explanation?.where ? termLines(explanation.where, 0) : [],
    variables: (explanation?.variables ?? []).map(({ name, value }) => ({ name, value: valueText(value) })),
    undefinedNotes: (explanation?.undefinedNotes ?? []).map(({ sentence }) => sentence),
    ...(output && { output }),
    actions: toSend ? await sideActions.lines(toSend) : [],
    ...(errorAction && { errorAction }),
  }
}

function termLines(term: ExplainedTerm, depth: number): TermLine[] {
  const { text, from, to, isEvaluated, value } = term
  const line = { depth, text, from, to, value: isEvaluated ? valueText(value) : 'not looked at' }
  return [line, ...term.terms.flatMap((each) => termLines(each, depth + 1))]
}
