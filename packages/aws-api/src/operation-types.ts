import type { Handler } from './types.ts'

/** What an SDK command class makes: its input, and the function that promises its output. */
interface CommandShape {
  readonly input: object
  resolveMiddleware: (...args: never) => unknown
}

type CommandClass = abstract new (...args: never) => CommandShape

/** `CreateThing` for each `CreateThingCommand` that the SDK module exports. */
export type OperationName<Sdk> = {
  [Key in keyof Sdk]: Key extends `${infer Name}Command`
    ? Name extends '$' // `$Command`, the base class
      ? never
      : Sdk[Key] extends CommandClass
        ? Name
        : never
    : never
}[keyof Sdk]

type CommandOf<Sdk, Name extends string> = `${Name}Command` extends keyof Sdk
  ? Sdk[`${Name}Command`] extends abstract new (
      ...args: never
    ) => infer Instance
    ? Instance
    : never
  : never

type SdkInput<Command> = Command extends { readonly input: infer Input } ? Input : never

type SdkOutput<Command> = Command extends {
  resolveMiddleware: (...args: never) => (...args: never) => Promise<{ output: infer Output }>
}
  ? Output
  : never

type IsAny<Value> = 0 extends 1 & Value ? true : false

/**
 * A value as it is after it was read and checked. Differs from the SDK's type, which is made for callers:
 * a required member is there (the SDK allows `undefined`), a blob is bytes whatever a client may pass for it, and a
 * string that carries JSON (which the SDK types as `any`) is that text.
 */
export type Received<Value> =
  IsAny<Value> extends true
    ? string
    : Value extends Uint8Array | Date | string | number | bigint | boolean | null | undefined
      ? Value
      : Value extends readonly (infer Item)[]
        ? Received<Item>[]
        : Value extends object
          ? { [Member in keyof Value]: ReceivedMember<Value, Member> }
          : Value

type ReceivedMember<Value, Member extends keyof Value> =
  Record<never, never> extends Pick<Value, Member>
    ? BlobAsBytes<Value[Member]>
    : Exclude<BlobAsBytes<Value[Member]>, undefined>

/** A payload blob is typed as strings, buffers and streams together: of those, bytes arrive. */
type BlobAsBytes<Value> =
  IsAny<Value> extends true
    ? string
    : Uint8Array extends Value
      ? string extends Value
        ? Uint8Array | Extract<Value, undefined>
        : Received<Value>
      : Received<Value>

/** What a handler may answer: the SDK's output without `$metadata`; bytes where the client's class of bytes stands. */
export type Returned<Output> = {
  [Member in keyof Output as Exclude<Member, '$metadata'>]: NonNullable<Output[Member]> extends Uint8Array
    ? Uint8Array | Extract<Output[Member], undefined>
    : Output[Member]
}

/** Input of the operation `Name` of the SDK module `Sdk`, e.g. `Input<typeof iot, 'CreateThing'>`. */
export type Input<Sdk, Name extends string> = Received<SdkInput<CommandOf<Sdk, Name>>>

/** Output of the operation `Name` of the SDK module `Sdk`. */
export type Output<Sdk, Name extends string> = Returned<SdkOutput<CommandOf<Sdk, Name>>>

/**
 * A table of handlers of one service: a name that the service does not have, or a shape that the operation does not
 * have, is a compile error. Parts of a table may be written apart and spread together.
 */
export type Handlers<Sdk, Caller> = {
  readonly [Name in OperationName<Sdk>]?: Handler<Input<Sdk, Name>, Output<Sdk, Name>, Caller>
}
