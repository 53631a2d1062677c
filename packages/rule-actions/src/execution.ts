import type { RuleEnvironment, RuleHome, RuleInput, SqlVersion, Template, Value } from '@thingdeck/rules-sql'

/** What an action is done for: one message that a rule matched. */
export interface MatchedMessage {
  readonly input: RuleInput
  /** Of SET, as the rule's outcome has them: what templates need. */
  readonly variables: readonly Value[]
  readonly environment: RuleEnvironment
  /** What SELECT made of the message; of an error action the document of the failures. */
  readonly result: Value
  /** The same as bytes. */
  readonly output: Uint8Array
}

/** What an action is compiled with. */
export interface ActionOptions {
  readonly home: RuleHome
  readonly ruleName: string
  readonly sqlVersion: SqlVersion
  /** Where in the rule it stands: `actions[0].republish`. */
  readonly place: string
  readonly isErrorAction: boolean
  /** Compiles a text with substitution templates. What it throws names the member. */
  template(member: string, text: string): Template
}

/** A text that an action may do without. */
export const optionalTemplate = (
  { template }: Pick<ActionOptions, 'template'>,
  member: string,
  text: string | undefined,
): Template | undefined => (text === undefined ? undefined : template(member, text))

/** The text of a template for a message; undefined where there is no template. */
export async function render(template: Template, message: MatchedMessage): Promise<string>
export async function render(template: Template | undefined, message: MatchedMessage): Promise<string | undefined>
export async function render(template: Template | undefined, { input, environment, variables }: MatchedMessage) {
  return template?.isAsync
    ? template.renderAsync(input, environment, variables)
    : template?.render(input, environment, variables)
}

/** "Message payload … 128 KB" (AWS IoT Core quotas; AWS IoT developer guide, "Working with binary payloads"). */
const MAX_OUTPUT_BYTES = 131_072

/** Why no action takes what SELECT made of a message; undefined where it is not too large. */
export const whyTooLarge = ({ output }: Pick<MatchedMessage, 'output'>): string | undefined =>
  output.length > MAX_OUTPUT_BYTES ? `The result has more than ${MAX_OUTPUT_BYTES} bytes: ${output.length}.` : undefined
