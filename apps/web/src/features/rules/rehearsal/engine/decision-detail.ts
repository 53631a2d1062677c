import { compileTemplate, type ExplainedTerm, type RuleEnvironment, SqlError } from '@thingdeck/rules-sql'
import type {
  ActionLine,
  DecisionDetail,
  RehearsalMessage,
  RehearsalRules,
  TemplateLine,
  TermLine,
} from '../protocol.ts'
import { type Decision, type RehearsedSide, versionOf } from './rehearsed-side.ts'
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
  return {
    kind,
    words,
    terms: explanation?.where ? termLines(explanation.where, 0) : [],
    variables: (explanation?.variables ?? []).map(({ name, value }) => ({ name, value: valueText(value) })),
    undefinedNotes: (explanation?.undefinedNotes ?? []).map(({ sentence }) => sentence),
    ...(output && { output }),
    actions: output ? await actionLines(side, message, decision, rules, environment) : [],
  }
}

function termLines(term: ExplainedTerm, depth: number): TermLine[] {
  const { text, from, to, isEvaluated, value } = term
  const line = { depth, text, from, to, value: isEvaluated ? valueText(value) : 'not looked at' }
  return [line, ...term.terms.flatMap((each) => termLines(each, depth + 1))]
}

async function actionLines(
  side: RehearsedSide,
  message: RehearsalMessage,
  { explanation }: Decision,
  _rules: RehearsalRules,
  environment: RuleEnvironment,
): Promise<readonly ActionLine[]> {
  const input = side.inputOf(message)
  const sqlVersion = versionOf(side.rule)
  const variables = side.sql.statement.variables.map(({ name }) => name)
  const values = explanation?.outcome.kind === 'result' ? explanation.outcome.variables : []
  const resolve = async (member: string, text: string): Promise<TemplateLine> => {
    try {
      const template = compileTemplate(text, { sqlVersion, variables })
      return { member, text, value: await template.renderAsync(input, environment, values) }
    } catch (error) {
      if (!(error instanceof SqlError || error instanceof Error)) throw error
      return { member, text, problem: error.message }
    }
  }
  const lines: ActionLine[] = []
  for (const [index, action] of side.rule.actions.entries()) {
    for (const [name, settings] of Object.entries(action)) {
      const texts = [...templatesIn(settings)]
      const templates: TemplateLine[] = []
      for (const [member, text] of texts) templates.push(await resolve(member, text))
      lines.push({ place: `actions[${index}].${name}`, name, templates })
    }
  }
  return lines
}

/** The texts of an action with substitution templates, by their place within it. */
function* templatesIn(value: unknown, place = ''): Generator<readonly [member: string, text: string]> {
  if (typeof value === 'string') {
    if (value.includes('${')) yield [place, value]
  } else if (Array.isArray(value)) {
    for (const [index, each] of value.entries()) yield* templatesIn(each, `${place}[${index}]`)
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, each] of Object.entries(value)) yield* templatesIn(each, place === '' ? name : `${place}.${name}`)
  }
}
