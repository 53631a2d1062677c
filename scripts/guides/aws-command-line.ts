import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'

/** A package of the AWS SDK: schemas under `NAME$`, commands under `NAMECommand`. */
export type SdkPackage = Readonly<Record<string, unknown>>

/** An operation's input as the SDK's packages have it: names of members, and their types beside them. */
type InputSchema = readonly [
  kind: number,
  namespace: string,
  name: string,
  traits: unknown,
  names: readonly string[],
  ...rest: unknown[],
]
type OperationSchema = readonly [number, string, string, unknown, () => InputSchema, unknown]

/** What the AWS CLI has of its own, beside the members of an operation. */
const OWN_OPTIONS = ['query', 'output']
/** Files that the AWS CLI writes members of the answer into. */
const OUTFILES: Readonly<Record<string, string>> = {
  'certificate-pem-outfile': 'certificatePem',
  'public-key-outfile': 'keyPair.PublicKey',
  'private-key-outfile': 'keyPair.PrivateKey',
}

export interface AwsCommand {
  readonly operation: string
  readonly input: Readonly<Record<string, unknown>>
  readonly outfiles: Readonly<Record<string, string>>
  readonly query?: string
  /** Where the payload of an answer goes, the argument without a name. */
  readonly payloadFile?: string
}

class AwsCommandError extends Error {
  override readonly name = 'AwsCommandError'
}

/** `create-thing` → `CreateThing`, `thingName` ⇄ `thing-name`. */
const pascal = (kebab: string): string => kebab.replaceAll(/(?:^|-)([a-z0-9])/g, (_, letter) => letter.toUpperCase())
const kebab = (name: string): string => name.replaceAll(/(?<=[a-z0-9])([A-Z])/g, '-$1').toLowerCase()

/**
 * Reads `OPERATION --member value …` as the AWS CLI does, as far as the guides need it: members by the SDK's own schema,
 * values as text, JSON, `file://` or `fileb://`, several values for a list, options without a value.
 * @throws {AwsCommandError} naming the operation or the option that AWS does not have
 */
export function readAwsCommand(
  sdk: SdkPackage,
  folder: string,
  [operationName = '', ...args]: readonly string[],
): AwsCommand {
  const operation = pascal(operationName)
  const schema = sdk[`${operation}$`] as OperationSchema | undefined
  if (schema === undefined) throw new AwsCommandError(`There is no operation ${operationName}`)
  const members = new Map(schema[4]()[4].map((name) => [kebab(name), name]))
  const input: Record<string, unknown> = {}
  const outfiles: Record<string, string> = {}
  const own: Record<string, string> = {}
  let payloadFile: string | undefined
  for (let at = 0; at < args.length; ) {
    const option = args[at] ?? ''
    at += 1
    if (!option.startsWith('--')) {
      payloadFile = resolve(folder, option)
      continue
    }
    const name = option.slice(2)
    const values: string[] = []
    const member = members.get(name)
    const takesMany = member !== undefined
    while (at < args.length && !args[at]?.startsWith('--') && (takesMany || values.length === 0))
      values.push(args[at++] ?? '')
    const [value = ''] = values
    if (member !== undefined) {
      // The last argument without a name is a file, where the answer has a payload.
      if (values.length === 2 && at === args.length && hasPayload(schema))
        payloadFile = resolve(folder, values.pop() ?? '')
      input[member] = values.length === 0 ? true : memberValue(member, values, folder)
    } else if (name in OUTFILES) outfiles[OUTFILES[name] ?? ''] = resolve(folder, value)
    else if (OWN_OPTIONS.includes(name)) own[name] = value
    else throw new AwsCommandError(`${operationName} has no option --${name}`)
  }
  return { operation, input, outfiles, ...(own.query && { query: own.query }), ...(payloadFile && { payloadFile }) }
}

const hasPayload = ([, , name]: OperationSchema): boolean => /^(?:Get|Delete|Update)ThingShadow$/.test(name)

/** Members whose value is a text, even where it is JSON. */
const TEXTS = /(?:Document|Body|document|Name|Arn|Id|target|principal|topic|Status)$/

function memberValue(member: string, values: readonly string[], folder: string): unknown {
  const read = (value: string): unknown => {
    const [, path] = /^fileb?:\/\/(.+)/.exec(value) ?? []
    const text = path === undefined ? value : readFileSync(resolve(folder, path), 'utf8')
    if (member === 'payload') return Buffer.from(text)
    if (TEXTS.test(member)) return text
    if (/^[[{]/.test(text.trim()) || /^\d+$/.test(text)) return JSON.parse(text)
    return text
  }
  const [first = ''] = values
  return /(?:targets|List|Names|s)$/.test(member) && !/^[[{]/.test(first) && !TEXTS.test(member)
    ? values.map(read)
    : read(first)
}

/** `a.b`, `a[].b` and `length(a)` of JMESPath. */
export function query(answer: unknown, expression: string): unknown {
  const [, counted] = /^length\((.+)\)$/.exec(expression) ?? []
  if (counted !== undefined) return (query(answer, counted) as unknown[]).length
  return expression.split('.').reduce<unknown>((found, step) => {
    const name = step.replace('[]', '')
    if (Array.isArray(found)) return found.map((each) => each?.[name])
    return (found as Record<string, unknown> | undefined)?.[name]
  }, answer)
}

/** As `--output text` prints it. */
function asText(value: unknown): string {
  if (Array.isArray(value)) return value.map(asText).join('\t')
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  return value === undefined || value === null ? 'None' : String(value)
}

interface Client {
  readonly send: (command: object) => Promise<Record<string, unknown>>
}

/** Does a command by the SDK, and says what the AWS CLI would print of it where it is asked for a text. */
export async function runAwsCommand(sdk: SdkPackage, client: Client, command: AwsCommand): Promise<string> {
  const Command = sdk[`${command.operation}Command`] as new (input: object) => object
  const answer = await client.send(new Command(command.input))
  for (const [path, file] of Object.entries(command.outfiles)) writeFileSync(file, String(query(answer, path)))
  if (command.payloadFile !== undefined) writeFileSync(command.payloadFile, answer.payload as Uint8Array)
  return command.query === undefined ? '' : `${asText(query(answer, command.query))}\n`
}
