import { type DynamodbKeyAttribute, dynamodbKeyOf } from '../dynamodb-attributes.ts'
import { encodeBase64 } from '../functions/base64.ts'
import { Numbers } from '../numbers.ts'
import { parseJsonValue } from '../payload.ts'
import type { RuleServices } from '../services.ts'
import { stringifyValue } from '../stringify.ts'
import type { Value } from '../value.ts'

/** What a function that asks AWS is answered with where nobody is asked. */
export interface ServiceAnswer {
  /** As SQL calls it: `get_thing_shadow`. */
  readonly functionName: string
  /** Its arguments as they are shown, `*` standing for anything: `"pump-*", *`. Left out: whatever is asked. */
  readonly pattern?: string | undefined
  /** JSON; of a secret its text. Empty for `get_dynamodb`: there is no such item, and the function is Undefined. */
  readonly answer: string
  /** The call fails, and `answer` says why. */
  readonly isFailure?: boolean | undefined
}

/** A question as it can really be put to AWS. */
export type ServiceCall =
  | { readonly kind: 'shadow'; readonly thingName: string; readonly shadowName?: string | undefined }
  | {
      readonly kind: 'function'
      readonly functionArn: string
      /** JSON. */
      readonly payload: string
    }
  | {
      readonly kind: 'item'
      readonly tableName: string
      /** The partition key, and the sort key where there is one. */
      readonly key: readonly { readonly name: string; readonly value: DynamodbKeyAttribute }[]
    }

/** What was asked of AWS. */
export interface AskedService {
  readonly functionName: string
  /** As they are shown: `"pump-7", "arn:…"`. */
  readonly args: string
  /** Of questions that may really be put. */
  readonly call?: ServiceCall | undefined
  readonly count: number
  readonly isAnswered: boolean
}

/** Functions that ask are there since this version. */
const NUMBERS = Numbers.of('2016-03-23')
/** Different questions that are told of. */
const MOST_ASKED = 200

/** A question whose answer nobody filled in. */
const UNANSWERED =
  'the rehearsal asks nobody. Say under Answers of AWS what it would answer, or have the console ask it'

/** Answers what functions ask of AWS from a table, and remembers what was asked. */
export class Answers {
  readonly #rows: readonly (ServiceAnswer & { readonly fits: (args: string) => boolean })[]
  readonly #asked = new Map<string, AskedService>()
  readonly services: RuleServices

  constructor(rows: readonly ServiceAnswer[]) {
    this.#rows = rows.map((row) => ({ ...row, fits: patternTest(row.pattern) }))
    this.services = {
      invokeLambda: async ({ functionArn, input }) =>
        this.#json('aws_lambda', [functionArn, input], {
          kind: 'function',
          functionArn,
          payload: stringifyValue(input),
        }),
      getDynamodbItem: async ({ tableName, key, roleArn }) => {
        const args = [tableName, ...key.flatMap(({ name, value }) => [name, value]), roleArn]
        const text = this.#text('get_dynamodb', args, {
          kind: 'item',
          tableName,
          key: key.map(({ name, value }) => ({ name, value: dynamodbKeyOf(value) })),
        })
        return text.trim() === '' ? undefined : parseAnswer(text)
      },
      getThingShadow: async ({ thingName, shadowName, roleArn }) =>
        this.#json('get_thing_shadow', [thingName, ...(shadowName === undefined ? [] : [shadowName]), roleArn], {
          kind: 'shadow',
          thingName,
          shadowName,
        }),
      getRegistryData: async ({ operation, thingName, roleArn }) =>
        this.#json('get_registry_data', [operation, thingName, roleArn]),
      predict: async ({ modelId, roleArn, record }) =>
        this.#json('machinelearning_predict', [modelId, roleArn, record]),
      decodeProtobuf: async ({ bytes, bucket, key, fileName, messageType }) =>
        this.#json('decode', [encodeBase64(bytes), 'proto', bucket, key, fileName, messageType]),
      getSecret: async ({ secretId, roleArn }) => ({ secretString: this.#text('get_secret', [secretId, roleArn]) }),
    }
  }

  /** What was asked, the most often first. */
  get asked(): readonly AskedService[] {
    return [...this.#asked.values()].toSorted((one, other) => other.count - one.count)
  }

  #json(functionName: string, args: readonly Value[], call?: ServiceCall): Value {
    return parseAnswer(this.#text(functionName, args, call))
  }

  #text(functionName: string, args: readonly Value[], call?: ServiceCall): string {
    const shown = args.map(stringifyValue).join(', ')
    const row = this.#rows.find((each) => each.functionName === functionName && each.fits(shown))
    const key = `${functionName}(${shown})`
    const before = this.#asked.get(key)
    if (before !== undefined || this.#asked.size < MOST_ASKED) {
      const count = (before?.count ?? 0) + 1
      this.#asked.set(key, { functionName, args: shown, call, count, isAnswered: row !== undefined })
    }
    if (row === undefined) throw new Error(UNANSWERED)
    if (row.isFailure) throw new Error(row.answer)
    return row.answer
  }
}

function parseAnswer(text: string): Value {
  const value = parseJsonValue(text, NUMBERS)
  if (value === undefined) throw new Error('the answer that was filled in is no JSON')
  return value
}

/** `*` stands for anything. */
function patternTest(pattern: string = '*'): (args: string) => boolean {
  const [first = '', ...rest] = (pattern.trim() || '*').split('*')
  const last = rest.pop()
  if (last === undefined) return (args) => args === first
  return (args) => {
    if (!args.startsWith(first) || args.length < first.length + last.length || !args.endsWith(last)) return false
    const middle = args.slice(first.length, args.length - last.length)
    let at = 0
    for (const part of rest) {
      const found = middle.indexOf(part, at)
      if (found < 0) return false
      at = found + part.length
    }
    return true
  }
}
