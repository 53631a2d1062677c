import type { ExplainedTerm, RuleEnvironment, Value } from '@thingdeck/rules-sql'
import type { DecisionDetail, RehearsalMessage, RehearsalRules, TermLine } from '../protocol.ts'
import { actionLines } from './action-lines.ts'
import type { RehearsedSide } from './rehearsed-side.ts'
import { valueText } from './value-text.ts'

/** All that a rule makes of a message. */
export async function detailOf(
  side: RehearsedSide,
  message: RehearsalMessage,
  rules: RehearsalRules,
  environment: RuleEnvironment,
): Promise<DecisionDetail> {
  const decision = await side.decide(message, environment)
  const { kind, words, explanation, output } = decision
  const outcome = explanation?.outcome
  return {
    kind,
    words,
    terms: explanation?.where ? termLines(explanation.where, 0) : [],
    variables: (explanation?.variables ?? []).map(({ name, value }) => ({ name, value: valueText(value) })),
    undefinedNotes: (explanation?.undefinedNotes ?? []).map(({ sentence }) => sentence),
    ...(output && { output }),
    actions:
      output && outcome?.kind === 'result'
        ? await actionLines(side, { ...outcomeOf(outcome), input: side.inputOf(message), environment, output }, rules)
        : [],
  }
}

function termLines(term: ExplainedTerm, depth: number): TermLine[] {
  const { text, from, to, isEvaluated, value } = term
  const line = { depth, text, from, to, value: isEvaluated ? valueText(value) : 'not looked at' }
  return [line, ...term.terms.flatMap((each) => termLines(each, depth + 1))]
}

/** The result of a rule that selects the whole payload is read only when it is asked for. */
const outcomeOf = ({ result, variables }: { readonly result: Value; readonly variables: readonly Value[] }) => ({
  result,
  variables,
})
