import { AsyncLocalStorage } from 'node:async_hooks'
import { ServerResponse } from 'node:http'
import type { WatchInput } from '@thingdeck/aws-api'
import type { Database } from '../../src/foundation/database.ts'
import type { MakeService } from '../../src/foundation/service.ts'
import type { Local } from '../../src/index.ts'
import { type FailingWrites, failingWrites } from './failing-writes.ts'

/** What is not of the request in question: with what the server asks its own S3, and what it signs all tokens with. */
const OF_THE_SERVER = new Set(['temporary_credentials', 'cognito_signing_key'])

/** By which the SDK tells its requests apart. */
const INVOCATION = 'amz-sdk-invocation-id'

/** So many writes of a request fail one after the other; of those behind them some do. */
const ALL_UP_TO = 2
const MOST_SKIPPED = 9

/** As much of what the SDK sends requests with as is looked at here. */
interface RequestHandler {
  handle(request: Request, options?: never): Promise<{ readonly response: Response }>
}

interface Request {
  readonly headers: Readonly<Record<string, string>>
}

interface Response {
  readonly statusCode: number
  readonly body?: AsyncIterable<unknown>
}

/**
 * Sends each request once for each of its writes, which fails, and then as it is: whoever walks through the operations of
 * a server with this finds those that are answered with a failure and leave something, and the other way round.
 */
export class FailingRequests implements Disposable {
  /** What was found. */
  readonly faults: string[] = []
  /** Operations of which a write has failed. */
  readonly failed = new Set<string>()
  readonly #seed: number
  /** What the handler of the request does at once, and after it has waited; not what goes on beside it. */
  readonly #within = new AsyncLocalStorage<object>()
  readonly #writes: FailingWrites
  readonly #writeHead = ServerResponse.prototype.writeHead
  #database: Database | undefined
  /** Of the request that is being sent. */
  #failAt = Number.POSITIVE_INFINITY
  #invocation: string | undefined
  #operation = ''
  #call: object | undefined
  /** What was there before its first write. */
  #before: ReadonlyMap<string, string> | undefined
  #hasFailed = false
  #hasFailedAtOnce = false
  #isDisturbed = false

  /** @param seed decides which of many writes fail */
  constructor(seed: number) {
    this.#seed = seed
    this.#writes = failingWrites(() => {
      const isMeant = this.#call !== undefined && this.#within.getStore() === this.#call
      if (isMeant) this.#before ??= this.#tables()
      return isMeant
    })
    const onAnswer = ({ req }: ServerResponse) => {
      if (this.#call !== undefined && req.headers[INVOCATION] === this.#invocation) this.#end()
    }
    ServerResponse.prototype.writeHead = new Proxy(this.#writeHead, {
      apply(writeHead, response, values) {
        onAnswer(response)
        return Reflect.apply(writeHead, response, values)
      },
    })
  }

  /** Hears of each request that is not kept as soon as that is so. */
  readonly service: MakeService = ({ database }) => {
    this.#database = database
    return { name: 'failing-requests', reread: () => this.#compare() }
  }

  /** @param watch what watches inputs beside this */
  watching(watch: WatchInput): WatchInput {
    return (input, operation, service) => {
      if (this.#failAt !== Number.POSITIVE_INFINITY) this.#begin(`${service} ${operation}`)
      return watch(input, operation, service)
    }
  }

  /** The configuration of clients whose requests fail. */
  sdk(sdk: Local['sdk'], real: RequestHandler): Local['sdk'] {
    const requestHandler: RequestHandler = { ...real, handle: (...args) => this.#send(real, args) }
    return Object.assign({ ...sdk }, { requestHandler })
  }

  [Symbol.dispose](): void {
    this.#writes[Symbol.dispose]()
    ServerResponse.prototype.writeHead = this.#writeHead
  }

  async #send(real: RequestHandler, args: Parameters<RequestHandler['handle']>) {
    this.#failAt = 1
    this.#invocation = args[0].headers[INVOCATION]
    for (;;) {
      this.#hasFailed = false
      this.#hasFailedAtOnce = false
      this.#isDisturbed = false
      const answer = await real.handle(...args)
      const { statusCode, body } = answer.response
      if (!this.#hasFailed || statusCode < 500) {
        // What a handler has begun, and does not wait for, may fail without its being told.
        if (this.#hasFailedAtOnce) this.faults.push(`${this.#operation} answers ${statusCode} where ${this.#failure}`)
        this.#failAt = Number.POSITIVE_INFINITY
        return answer
      }
      for await (const _ of body ?? []);
      this.failed.add(this.#operation)
      if (!this.#isDisturbed)
        this.#failAt += this.#failAt < ALL_UP_TO ? 1 : 1 + ((this.#seed + this.#failAt) % MOST_SKIPPED)
    }
  }

  get #failure(): string {
    return `write ${this.#failAt} fails`
  }

  /** To be called as a handler is called. */
  #begin(operation: string): void {
    this.#operation = operation
    this.#before = undefined
    this.#call = {}
    this.#within.enterWith(this.#call)
    this.#writes.failAt(this.#failAt)
    // Until then the handler has done all that it does without waiting.
    queueMicrotask(() => {
      this.#hasFailedAtOnce = this.#writes.hasFailed
    })
  }

  /** To be called as it answers. */
  #end(): void {
    this.#hasFailed = this.#writes.hasFailed
    this.#call = undefined
    this.#writes.failAt(Number.POSITIVE_INFINITY)
  }

  #compare(): void {
    if (this.#call === undefined) return
    this.#isDisturbed = this.#writes.others > 0 // it is sent once more
    if (this.#isDisturbed) return
    const left = [...this.#tables()].filter(([table, rows]) => this.#before?.get(table) !== rows)
    const tables = left.map(([table]) => table).filter((table) => !OF_THE_SERVER.has(table))
    if (tables.length > 0) this.faults.push(`${this.#operation} leaves ${tables} where ${this.#failure}`)
  }

  #tables(): Map<string, string> {
    const database = this.#database
    if (!database) throw new Error('the service is not there yet')
    const sql = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
    const rowsOf = (name: string) => JSON.stringify(database.all(`SELECT * FROM "${name}"`))
    return new Map(database.all<{ name: string }>(sql).map(({ name }) => [name, rowsOf(name)]))
  }
}
