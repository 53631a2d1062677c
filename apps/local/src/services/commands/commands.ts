import { arnOf } from '../../foundation/account.ts'
import { conflict, invalidInput, notFound } from '../../foundation/errors.ts'
import type { IotInput } from '../../foundation/iot-handlers.ts'
import { type Page, paginate, refuseTokenAsInput } from '../../foundation/paging.ts'
import type { ServiceContext } from '../../foundation/service.ts'
import { type Command, contentOf } from './command.ts'
import type { CommandTable } from './command-table.ts'

/** "the maximum time out duration of 12 hours": so long executions may still be told of a command. */
const DELETION_MS = 12 * 3_600_000
/** Of a list, where its caller says nothing. */
const DEFAULT_PAGE_SIZE = 25

/** @see AWS IoT developer guide, "AWS IoT Device Management commands" */
export class Commands {
  readonly #context: ServiceContext
  readonly #table: CommandTable

  constructor(context: ServiceContext, table: CommandTable) {
    this.#context = context
    this.#table = table
    context.tags.addKind('command', (commandId) => this.find(commandId) !== undefined)
  }

  arnOf(commandId: string): string {
    return arnOf(this.#context.account, 'iot', `command/${commandId}`)
  }

  /** The command that is there by the clock. */
  find(commandId: string): Command | undefined {
    const command = this.#table.find(commandId)
    const isGone = command?.deletedFromMs !== undefined && command.deletedFromMs <= this.#context.clock()
    return isGone ? undefined : command
  }

  /** @throws {AwsError} ResourceNotFoundException */
  require(commandId: string): Command {
    const command = this.find(commandId)
    if (!command) throw notFound(`Command ${commandId} does not exist`)
    return command
  }

  /** @throws {AwsError} ValidationException; ConflictException where there is one of that id */
  create(input: IotInput<'CreateCommand'>): string {
    const { commandId, displayName, description, tags } = input
    const content = contentOf(input)
    const { database, clock } = this.#context
    return database.transaction(() => {
      this.removeGone()
      const existing = this.#table.find(commandId)
      if (existing?.deletedFromMs !== undefined) {
        throw conflict(`Command ${commandId} is being deleted; its id is free once it is gone`, commandId)
      }
      if (existing) throw conflict(`Command ${commandId} already exists`, commandId)
      this.#table.insert({ commandId, displayName, description }, content, clock())
      const arn = this.arnOf(commandId)
      this.#context.tags.create(arn, tags)
      return arn
    })
  }

  /** What is left out stays as it is. @throws {AwsError} ResourceNotFoundException, ConflictException, ValidationException */
  update(input: IotInput<'UpdateCommand'>): Command {
    const { commandId, displayName, description, deprecated } = input
    const command = this.require(commandId)
    if (command.deletedFromMs !== undefined) throw conflict(`Command ${commandId} is being deleted`, commandId)
    if (displayName === undefined && description === undefined && deprecated === undefined) {
      throw invalidInput('Nothing to update: give displayName, description or deprecated')
    }
    const nowMs = this.#context.clock()
    const deprecatedAtMs = {
      true: command.deprecatedAtMs ?? nowMs,
      false: undefined,
      undefined: command.deprecatedAtMs,
    }
    this.#table.update(commandId, {
      displayName: displayName ?? command.displayName,
      description: description ?? command.description,
      updatedAtMs: nowMs,
      deprecatedAtMs: deprecatedAtMs[`${deprecated}`],
      deletedFromMs: undefined,
    })
    return this.require(commandId)
  }

  /**
   * Deletes a command that has been deprecated for as long as an execution can last; any other one goes when that time
   * has passed.
   * @returns the status code of the answer: 204 where it is gone, 202 where it will be
   */
  delete(commandId: string): 202 | 204 {
    const command = this.find(commandId)
    if (!command) return 204
    const nowMs = this.#context.clock()
    const fromMs = command.deletedFromMs ?? (command.deprecatedAtMs ?? nowMs) + DELETION_MS
    if (fromMs > nowMs) {
      this.#table.update(commandId, { ...command, updatedAtMs: nowMs, deletedFromMs: fromMs })
      return 202
    }
    this.#remove(commandId)
    return 204
  }

  /** @throws {AwsError} ValidationException for a token of another list */
  list(input: IotInput<'ListCommands'>): Page<Command> {
    const { namespace, commandParameterName, sortOrder, maxResults = DEFAULT_PAGE_SIZE, nextToken } = input
    if (namespace === 'AWS-IoT-FleetWise') return { items: [], nextToken: undefined } // none is of that namespace
    const ascending = sortOrder === 'ASCENDING'
    return paginate(
      { maxResults, nextToken },
      `commands ${sortOrder ?? 'DESCENDING'} ${commandParameterName ?? ''}`,
      [ascending ? 0 : Number.MAX_SAFE_INTEGER],
      ([after]: readonly [number], count) => this.#table.page(ascending, after, count, commandParameterName),
      ({ seq }) => [seq],
      refuseTokenAsInput,
    )
  }

  /** Removes those whose time has come. */
  removeGone(): void {
    for (const commandId of this.#table.gone(this.#context.clock())) this.#remove(commandId)
  }

  #remove(commandId: string): void {
    this.#context.database.transaction(() => {
      this.#table.delete(commandId)
      this.#context.tags.forget(this.arnOf(commandId))
    })
  }
}
