import { AwsError } from '@thingdeck/aws-api'
import type { CognitoCaller, RoleCaller, RootCaller } from './caller.ts'

/** What an operation answers: becomes XML, lists as `member` elements. Members that are undefined are left out. */
export type QueryValue =
  | string
  | number
  | boolean
  | Date
  | readonly QueryValue[]
  | { readonly [name: string]: QueryValue | undefined }

/** The parameters of a call of AWS's Query protocol, e.g. `Action=AssumeRole&RoleArn=…`. */
export class QueryInput {
  readonly #parameters: URLSearchParams

  constructor(parameters: URLSearchParams) {
    this.#parameters = parameters
  }

  /** @throws {AwsError} ValidationError when it is missing */
  required(name: string): string {
    const value = this.optional(name)
    if (value === undefined) throw new AwsError('ValidationError', `The parameter ${name} is required`)
    return value
  }

  optional(name: string): string | undefined {
    return this.#parameters.get(name) || undefined
  }

  /** @throws {AwsError} ValidationError for what is no whole number within the bounds */
  integer(name: string, least: number, most: number): number | undefined {
    const text = this.optional(name)
    if (text === undefined) return undefined
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
    if (value >= least && value <= most) return value
    throw new AwsError('ValidationError', `The parameter ${name} must be a number from ${least} to ${most}`)
  }

  /** `Tags.member.1.Key`, `Tags.member.1.Value` as one object. */
  tags(): Record<string, string> {
    const tags: [string, string][] = []
    for (let index = 1; ; index += 1) {
      const key = this.optional(`Tags.member.${index}.Key`)
      if (key === undefined) return Object.fromEntries(tags)
      tags.push([key, this.optional(`Tags.member.${index}.Value`) ?? ''])
    }
  }

  /** @throws {AwsError} ValidationError when there is a parameter of that name, or one below it: it is not supported */
  refuse(...names: readonly string[]): void {
    const found = [...this.#parameters.keys()].find((key) =>
      names.some((name) => key === name || key.startsWith(`${name}.`)),
    )
    if (found !== undefined)
      throw new AwsError('ValidationError', `The parameter ${found} is not supported by this server`)
  }
}

/** A caller who signs requests. */
export type SigningCaller = RootCaller | RoleCaller | CognitoCaller

/** What an API of the Query protocol does, by the name of the action; `undefined` is an answer without a result. */
export type QueryOperations = Readonly<
  Record<string, ((input: QueryInput, caller: SigningCaller) => QueryValue | undefined) | undefined>
>

/** An API that speaks AWS's Query protocol: forms in, XML out. */
export interface QueryApi {
  readonly xmlns: string
  readonly operations: QueryOperations
  /** The ARN that policies know the resource of a call by, or `*`. */
  readonly resourceOf: (input: QueryInput) => string
  /** Operations that everybody may call who has signed: they decide for themselves. */
  readonly openToAll?: readonly string[]
}
