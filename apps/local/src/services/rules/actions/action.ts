import type { RuleEnvironment, RuleInput, SqlVersion, Template, Value } from '@thingdeck/rules-sql'
import type { Account } from '../../../foundation/account.ts'
import type { IotLogValue } from '../../../foundation/iot-log.ts'
import type { Publisher } from '../../../foundation/traffic.ts'
import type { Lineage } from '../lineage.ts'

/** What an action is done for: one message that a rule matched. */
export interface Execution {
  readonly ruleName: string
  readonly input: RuleInput
  /** Of SET, as the rule's outcome has them: what templates need. */
  readonly variables: readonly Value[]
  readonly environment: RuleEnvironment
  /** What SELECT made of the message; of an error action the document of the failures. */
  readonly result: Value
  /** The same as bytes. */
  readonly output: Uint8Array
  /** Which rules the message came through. */
  readonly lineage: Lineage
  /** Undefined for messages of the server itself. */
  readonly publisher: Publisher | undefined
}

/** An action of a rule, ready to be done. */
export interface CompiledAction {
  /** As log entries, metrics and the document of an error action call it, e.g. `RepublishAction`. */
  readonly label: string
  /** What it is done to, for its log entry: e.g. `{ RepublishTopic: 'alarms/pump-7' }`; as far as it can be told. */
  resources(execution: Execution): Promise<{ readonly [name: string]: IotLogValue }>
  /** @throws {ActionFailure} */
  run(execution: Execution): Promise<void>
  /** Lets go of what it holds, such as connections; what is under way ends. */
  close?(): void
}

/** What an action is compiled with. */
export interface ActionOptions {
  readonly account: Account
  readonly ruleName: string
  readonly sqlVersion: SqlVersion
  /** Where in the rule it stands: `actions[0].republish`. */
  readonly place: string
  readonly isErrorAction: boolean
  /** Compiles a text with substitution templates. @throws {AwsError} SqlParseException that names the member */
  template(member: string, text: string): Template
}

/** A text that an action may do without. @throws {AwsError} as `ActionOptions.template` */
export const optionalTemplate = (
  { template }: Pick<ActionOptions, 'template'>,
  member: string,
  text: string | undefined,
): Template | undefined => (text === undefined ? undefined : template(member, text))

/** Messages that were sent together, and failed together. */
export interface FailedBatch {
  readonly size: number
  /** Whether they may be of several topics. */
  readonly isAcrossTopics: boolean
}

/** Why an action was not done. */
export class ActionFailure extends Error {
  override readonly name = 'ActionFailure'
  /** What it was to be done to. */
  readonly resource: string
  /** Where messages were sent together: the same failure is then that of each of them. */
  readonly batch: FailedBatch | undefined

  constructor(resource: string, message: string, cause?: unknown, batch?: FailedBatch) {
    super(message, cause === undefined ? undefined : { cause })
    this.resource = resource
    this.batch = batch
  }
}

/** The text of a template for a message; undefined where there is no template. */
export async function render(template: Template, execution: Execution): Promise<string>
export async function render(template: Template | undefined, execution: Execution): Promise<string | undefined>
export async function render(template: Template | undefined, { input, environment, variables }: Execution) {
  return template?.isAsync
    ? template.renderAsync(input, environment, variables)
    : template?.render(input, environment, variables)
}
