import { ActionFailure, type ActionOptions, compileActionRequest, InvalidAction } from '@thingdeck/rule-actions'
import {
  compileTemplate,
  type RuleEnvironment,
  RuleFailure,
  type RuleInput,
  SqlError,
  sqlVersionOf,
  type Template,
  type Value,
} from '@thingdeck/rules-sql'
import type { ActionLine, RehearsalRules, TemplateLine } from '../protocol.ts'
import type { RehearsedSide } from './rehearsed-side.ts'
import { requestText } from './request-text.ts'

interface Matched {
  readonly input: RuleInput
  readonly variables: readonly Value[]
  readonly environment: RuleEnvironment
  readonly result: Value
  readonly output: Uint8Array
}

/** What each action would do with a message that matched. The error action needs a failure, which a rehearsal has none of. */
export async function actionLines(
  side: RehearsedSide,
  matched: Matched,
  { ruleName, account }: RehearsalRules,
): Promise<readonly ActionLine[]> {
  const sqlVersion = sqlVersionOf(side.rule.awsIotSqlVersion)
  const variables = side.sql.statement.variables.map(({ name }) => name)
  const lineOf = async (name: string, settings: object, place: string): Promise<ActionLine> => {
    const templates = new Map<string, Template>()
    const options: ActionOptions = {
      home: { region: account.region, accountId: account.id },
      ruleName,
      sqlVersion,
      place,
      isErrorAction: false,
      template(member, text) {
        const template = compileTemplate(text, { sqlVersion, variables })
        templates.set(member, template)
        return template
      },
    }
    try {
      const request = compileActionRequest(name, settings, options)
      const lines = await templateLines(templates, matched)
      if (!request) return { place, name, templates: lines, problem: `There is no action ${name}.` }
      try {
        const { operation, input } = await request(matched)
        return { place, name, templates: lines, request: { operation, text: requestText(input) } }
      } catch (error) {
        return { place, name, templates: lines, problem: wordsOf(error) }
      }
    } catch (error) {
      return { place, name, templates: await templateLines(templates, matched), problem: wordsOf(error) }
    }
  }
  const lines: ActionLine[] = []
  for (const [index, action] of side.rule.actions.entries()) {
    for (const [name, settings] of Object.entries(action)) {
      if (isSettings(settings)) lines.push(await lineOf(name, settings, `actions[${index}].${name}`))
    }
  }
  return lines
}

const isSettings = (value: unknown): value is object => typeof value === 'object' && value !== null

/** Those that are the same for all messages say nothing that the rule does not. */
async function templateLines(templates: ReadonlyMap<string, Template>, matched: Matched): Promise<TemplateLine[]> {
  const { input, environment, variables } = matched
  const lines: TemplateLine[] = []
  for (const [member, template] of templates) {
    if (template.isConstant) continue
    const { text } = template
    try {
      lines.push({ member, text, value: await template.renderAsync(input, environment, variables) })
    } catch (error) {
      lines.push({ member, text, problem: wordsOf(error) })
    }
  }
  return lines
}

/** A draft may lack what an action needs: then its form says so, and here it is no more than a sentence. */
function wordsOf(error: unknown): string {
  const isTold = [ActionFailure, InvalidAction, RuleFailure, SqlError].some((kind) => error instanceof kind)
  if (isTold && error instanceof Error) return error.message
  return 'The action lacks what it needs: no request can be made of it yet.'
}
