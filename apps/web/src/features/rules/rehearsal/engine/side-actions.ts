import {
  ActionFailure,
  type ActionOptions,
  type ActionRequests,
  compileActionRequest,
  errorDocument,
  failedAction,
  InvalidAction,
} from '@thingdeck/rule-actions'
import { compileTemplate, RuleFailure, SqlError, sqlVersionOf, type Template, type Value } from '@thingdeck/rules-sql'
import type { ActionLine, ErrorActionLine, RehearsalMessage, RehearsalRules, TemplateLine } from '../protocol.ts'
import type { Matched } from './matched.ts'
import type { RehearsedSide } from './rehearsed-side.ts'
import { requestText } from './request-text.ts'

interface SideAction {
  /** `actions[0].republish` */
  readonly place: string
  readonly name: string
  readonly templates: ReadonlyMap<string, Template>
  /** What makes its requests, or why there is nothing. */
  readonly requests: ActionRequests | string
}

/** What stands for the reason, which nobody knows before something fails. */
const SOME_REASON = '…'

/** The actions of a rule, ready to say what they would send. */
export class SideActions {
  readonly #ruleName: string
  readonly #actions: readonly SideAction[]
  readonly #errorAction: SideAction | undefined

  constructor(side: RehearsedSide, rules: Pick<RehearsalRules, 'ruleName' | 'account'>) {
    const compile = (action: object, place: string, isErrorAction: boolean) =>
      Object.entries(action).flatMap(([name, settings]) =>
        isSettings(settings) ? [compiled(side, rules, name, settings, `${place}.${name}`, isErrorAction)] : [],
      )
    const { actions, errorAction } = side.rule
    this.#ruleName = rules.ruleName
    this.#actions = actions.flatMap((action, index) => compile(action, `actions[${index}]`, false))
    this.#errorAction = errorAction && compile(errorAction, 'errorAction', true)[0]
  }

  /** What each action would do. */
  async lines(matched: Matched): Promise<readonly ActionLine[]> {
    const lines: ActionLine[] = []
    for (const action of this.#actions) lines.push(await lineOf(action, matched))
    return lines
  }

  /** What each action would send, or why nothing, by its place: to be compared. */
  async sent(matched: Matched): Promise<ReadonlyMap<string, string>> {
    const sent = new Map<string, string>()
    for (const { name, place, requests } of this.#actions)
      sent.set(place, `${name} ${await sentText(requests, matched)}`)
    return sent
  }

  /**
   * What the error action would do: for the actions that fail with this message by themselves, and where none does, as if
   * all had failed.
   * @param sender what the document tells of who sent it
   */
  async errorLine(
    matched: Matched,
    { topic, payload, clientId, sourceIp }: RehearsalMessage,
  ): Promise<ErrorActionLine | undefined> {
    if (!this.#errorAction) return undefined
    const failures = await Promise.all(this.#actions.map((action) => failureOf(action, matched)))
    const known = failures.filter((failure) => failure !== undefined)
    const own = known.filter(({ isOwn }) => isOwn)
    const told = own.length > 0 ? own : known
    const document = errorDocument(
      this.#ruleName,
      topic,
      { payload, clientId, sourceIp },
      told.map(({ document: failure }) => failure),
    )
    const text = JSON.stringify(document)
    const failed: Matched = {
      ...matched,
      // Texts and what is made of them alone, which are values of the SQL as they are.
      result: JSON.parse(text) as Value,
      output: new TextEncoder().encode(text),
    }
    return {
      ...(await lineOf(this.#errorAction, failed)),
      isAssumed: own.length === 0,
      failing: told.map(({ place }) => place),
      document: JSON.stringify(document, undefined, 2),
    }
  }
}

function compiled(
  side: RehearsedSide,
  { ruleName, account }: Pick<RehearsalRules, 'ruleName' | 'account'>,
  name: string,
  settings: object,
  place: string,
  isErrorAction: boolean,
): SideAction {
  const sqlVersion = sqlVersionOf(side.rule.awsIotSqlVersion)
  const variables = side.sql.statement.variables.map((variable) => variable.name)
  const templates = new Map<string, Template>()
  const options: ActionOptions = {
    home: { region: account.region, accountId: account.id },
    ruleName,
    sqlVersion,
    place,
    isErrorAction,
    template(member, text) {
      const template = compileTemplate(text, { sqlVersion, variables })
      templates.set(member, template)
      return template
    },
  }
  const action = (requests: SideAction['requests']) => ({ place, name, templates, requests })
  try {
    return action(compileActionRequest(name, settings, options) ?? `There is no action ${name}.`)
  } catch (error) {
    return action(wordsOf(error))
  }
}

async function lineOf({ place, name, templates, requests }: SideAction, matched: Matched): Promise<ActionLine> {
  return { place, name, templates: await templateLines(templates, matched), ...(await sentOf(requests, matched)) }
}

/** The request that is made, or why there is none. */
async function sentOf(
  requests: SideAction['requests'],
  matched: Matched,
): Promise<Pick<ActionLine, 'request' | 'problem'>> {
  if (typeof requests === 'string') return { problem: requests }
  try {
    const { operation, input } = await requests.request(matched)
    return { request: { operation, text: requestText(input) } }
  } catch (error) {
    return { problem: wordsOf(error) }
  }
}

async function sentText(requests: SideAction['requests'], matched: Matched): Promise<string> {
  const { request, problem = '' } = await sentOf(requests, matched)
  return request ? `${request.operation} ${request.text}` : problem
}

/** How the document of an error action has a failure; of an action of which nothing can be made there is none. */
async function failureOf({ place, requests }: SideAction, matched: Matched) {
  if (typeof requests === 'string') return undefined
  const { label } = requests
  try {
    const { failure } = await requests.request(matched)
    return { place, isOwn: false, document: failedAction(label, failure(SOME_REASON)) }
  } catch (error) {
    if (error instanceof ActionFailure) return { place, isOwn: true, document: failedAction(label, error) }
    return { place, isOwn: true, document: failedAction(label, { resource: '', message: wordsOf(error) }) }
  }
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
      const { text: value, missing } = await template.explainAsync(input, environment, variables)
      lines.push({ member, text, value, ...(missing.length > 0 && { missing }) })
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
