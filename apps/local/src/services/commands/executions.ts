import { randomUUID } from 'node:crypto'
import type { CommandParameterValue, StatusReason } from '@aws-sdk/client-iot'
import type * as jobsData from '@aws-sdk/client-iot-jobs-data-plane'
import { encodeCbor, type Input } from '@thingdeck/aws-api'
import { fillTemplate, isFinal, JSON_FORM, parametersOf, whyNotReported } from '@thingdeck/commands'
import { stringifyJson } from '@thingdeck/json'
import { formatReservedTopic, type PayloadFormat } from '@thingdeck/topics'
import { conflict, invalidInput, notFound, quotaExceeded } from '../../foundation/errors.ts'
import type { IotInput } from '../../foundation/iot-handlers.ts'
import { type Page, paginate, refuseTokenAsInput } from '../../foundation/paging.ts'
import type { ServiceContext } from '../../foundation/service.ts'
import { inAwsWords } from './aws-words.ts'
import { CBOR_FORM } from './cbor-form.ts'
import type { CommandContent } from './command.ts'
import type { Commands } from './commands.ts'
import type { Execution, ExecutionTarget } from './execution.ts'
import type { ExecutionFilter, ExecutionTable } from './execution-table.ts'
import { RejectedReport, type Report } from './report.ts'
import { loadedValue, mapValues, storedParameter, storedValue } from './stored-value.ts'
import { parseCommandArn, parseTarget, targetArn } from './targets.ts'
import { timeFilter } from './time-filter.ts'

const DEFAULT_TIMEOUT_SECONDS = 10
/** 12 hours. */
const MAX_TIMEOUT_SECONDS = 43_200
/** AWS IoT's quota of concurrent executions for one device. */
const MAX_RUNNING = 100
/** Of those that time out at once, so many are told in one turn. */
const TIME_OUTS_AT_ONCE = 100
/** Of a list, where its caller says nothing. */
const DEFAULT_PAGE_SIZE = 25

const NO_RESPONSE: StatusReason = { reasonCode: '$NO_RESPONSE_FROM_DEVICE' }

type StartInput = Input<typeof jobsData, 'StartCommandExecution'>

interface Payload {
  readonly bytes: Uint8Array
  readonly contentType: string
}

/** @see AWS IoT developer guide, "Start and monitor command executions" */
export class Executions {
  readonly #context: ServiceContext
  readonly #commands: Commands
  readonly #table: ExecutionTable

  constructor(context: ServiceContext, commands: Commands, table: ExecutionTable) {
    this.#context = context
    this.#commands = commands
    this.#table = table
  }

  find(executionId: string): Execution | undefined {
    return this.#table.find(executionId)
  }

  /**
   * Sends a command to a device. The message expires when the execution times out.
   * @param traceId of the request
   * @returns the execution's id; that of the earlier one where the same was asked for with the same client token
   * @throws {AwsError} ValidationException, ResourceNotFoundException, ConflictException, ServiceQuotaExceededException
   */
  start(input: StartInput, traceId: string): string {
    const { account, clock, things } = this.#context
    const { executionTimeoutSeconds: timeoutSeconds = DEFAULT_TIMEOUT_SECONDS, clientToken } = input
    const target = parseTarget(account, input.targetArn)
    const commandId = parseCommandArn(account, input.commandArn)
    const request = requestText(input)
    const earlier = clientToken === undefined ? undefined : this.#table.byToken(clientToken)
    if (earlier?.request === request) return earlier.executionId
    if (earlier) throw conflict('This clientToken was used for another execution', earlier.executionId)
    if (timeoutSeconds > MAX_TIMEOUT_SECONDS) {
      throw invalidInput(`executionTimeoutSeconds must not be more than ${MAX_TIMEOUT_SECONDS}, which are 12 hours`)
    }
    const { content, deprecatedAtMs, deletedFromMs } = this.#commands.require(commandId)
    if (deletedFromMs !== undefined) throw invalidInput(`Command ${commandId} is being deleted`)
    if (deprecatedAtMs !== undefined)
      throw invalidInput(`Command ${commandId} is deprecated: restore it by UpdateCommand first`)
    if (target.kind === 'things' && !things.thing(target.id)) throw notFound(`Thing ${target.id} cannot be found.`)
    const { payload, parameters } = payloadOf(content, input.parameters, timeoutSeconds)
    const executionId = randomUUID()
    const createdAtMs = clock()
    if (this.#table.countRunning(input.targetArn) >= MAX_RUNNING) {
      throw quotaExceeded(`No more than ${MAX_RUNNING} executions run on a device at once`)
    }
    this.#table.insert({
      ...{ executionId, commandId, targetArn: input.targetArn, parameters, timeoutSeconds, createdAtMs },
      ...{ clientToken, request },
    })
    this.#send(target, executionId, payload, createdAtMs + timeoutSeconds * 1000, traceId)
    this.#tell(executionId, traceId)
    return executionId
  }

  /**
   * Takes what a device says of its execution.
   * @throws {RejectedReport}
   */
  report(target: ExecutionTarget, executionId: string, report: Report): void {
    const { account, clock } = this.#context
    const execution = this.find(executionId)
    if (!execution || execution.targetArn !== targetArn(account, target)) {
      throw new RejectedReport('ResourceNotFound', `The command execution ${executionId} of this device does not exist`)
    }
    const { status, completedAtMs } = execution
    const refusal = whyNotReported({ status, isTerminal: completedAtMs !== undefined }, report.status)
    if (refusal)
      throw new RejectedReport(refusal, `The command execution is ${status}, and cannot become ${report.status}`)
    const nowMs = clock()
    this.#table.update(executionId, {
      status: report.status,
      statusReason: report.statusReason,
      result: report.result ?? execution.result,
      updatedAtMs: nowMs,
      completedAtMs: isFinal(report.status) ? nowMs : undefined,
    })
    this.#tell(executionId)
  }

  /** @throws {AwsError} ResourceNotFoundException where there is none of that id on that target */
  require({ executionId, targetArn }: { readonly executionId: string; readonly targetArn: string }): Execution {
    const execution = this.find(executionId)
    if (execution?.targetArn !== targetArn) {
      throw notFound(`The command execution ${executionId} of ${targetArn} does not exist`)
    }
    return execution
  }

  /** Deletes an execution that is over; one that is gone already is no fault. @throws {AwsError} ConflictException */
  delete({ executionId, targetArn }: IotInput<'DeleteCommandExecution'>): void {
    const execution = this.find(executionId)
    if (execution?.targetArn !== targetArn) return
    if (execution.completedAtMs === undefined) {
      const { status } = execution
      throw conflict(`The command execution is ${status}: it can be deleted once its device has ended it`, executionId)
    }
    this.#table.delete(executionId)
  }

  /** @throws {AwsError} ValidationException */
  list(input: IotInput<'ListCommandExecutions'>): Page<Execution> {
    const { namespace, maxResults = DEFAULT_PAGE_SIZE, nextToken } = input
    const filter = this.#filterOf(input)
    if (namespace === 'AWS-IoT-FleetWise') return { items: [], nextToken: undefined } // none is of that namespace
    const isByEnd = filter.moment === 'completed_at_ms'
    return paginate(
      { maxResults, nextToken },
      `command executions ${JSON.stringify(filter)}`,
      filter.ascending ? [0, 0] : [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
      (after: readonly [number, number], count) => this.#table.page(filter, after, count),
      ({ seq, createdAtMs, completedAtMs = 0 }) => [isByEnd ? completedAtMs : createdAtMs, seq] as const,
      refuseTokenAsInput,
    )
  }

  #filterOf(input: IotInput<'ListCommandExecutions'>): ExecutionFilter {
    const { status, sortOrder, startedTimeFilter, completedTimeFilter, targetArn, commandArn } = input
    const { account } = this.#context
    if (startedTimeFilter && completedTimeFilter)
      throw invalidInput('Give startedTimeFilter or completedTimeFilter, not both')
    if ((targetArn === undefined) === (commandArn === undefined)) {
      throw invalidInput('Give targetArn or commandArn, and not both: whose executions are to be listed')
    }
    if (targetArn !== undefined) parseTarget(account, targetArn)
    return {
      by: targetArn === undefined ? { commandId: parseCommandArn(account, commandArn ?? '') } : { targetArn },
      status,
      moment: completedTimeFilter ? 'completed_at_ms' : 'created_at_ms',
      ...timeFilter(completedTimeFilter ?? startedTimeFilter),
      ascending: sortOrder === 'ASCENDING',
    }
  }

  /** Ends the waiting for those whose time is over, as many as one turn takes. */
  timeOut(): void {
    const nowMs = this.#context.clock()
    for (const { executionId, result } of this.#table.timedOut(nowMs, TIME_OUTS_AT_ONCE)) {
      this.#table.update(executionId, {
        ...{ status: 'TIMED_OUT', statusReason: NO_RESPONSE, result, updatedAtMs: nowMs, completedAtMs: undefined },
      })
      this.#tell(executionId)
    }
  }

  #send(target: ExecutionTarget, executionId: string, payload: Payload, expiresAtMs: number, traceId: string): void {
    const { bytes, contentType } = payload
    const format = FORMATS.get(contentType.split(';')[0]?.trim().toLowerCase() ?? '')
    const { kind, id: deviceId } = target
    const topic = formatReservedTopic({
      ...{ kind: 'command', target: kind, deviceId, executionId, message: 'request' },
      ...(format && { format }),
    })
    this.#context.messages.send({ topic, payload: bytes, properties: { contentType }, expiresAtMs, traceId })
  }

  /** @see AWS IoT developer guide, "Command events"; there is no event type by which they could be turned off */
  #tell(executionId: string, traceId?: string): void {
    const execution = this.find(executionId)
    if (!execution) return
    const { commandId, status, statusReason, targetArn, updatedAtMs } = execution
    const document = {
      executionId,
      status,
      statusReason,
      eventType: 'COMMAND_EXECUTION',
      commandArn: this.#commands.arnOf(commandId),
      targetArn,
      timestamp: updatedAtMs,
    }
    const topic = formatReservedTopic({ kind: 'event', family: 'commandExecution', event: status, commandId })
    this.#context.messages.publish(topic, Buffer.from(JSON.stringify(document)), traceId)
  }
}

/** Media types that have a topic of their own. */
const FORMATS: ReadonlyMap<string, PayloadFormat> = new Map([
  ['application/json', 'json'],
  ['application/cbor', 'cbor'],
])

/** What is sent, and the parameters that it was made with. @throws {AwsError} ValidationException */
function payloadOf(
  content: CommandContent,
  given: Readonly<Record<string, CommandParameterValue>> | undefined,
  executionTimeoutSeconds: number,
): { payload: Payload; parameters: Readonly<Record<string, CommandParameterValue>> | undefined } {
  if (content.kind === 'static') {
    if (given) throw invalidInput('This command has a static payload, and takes no parameters')
    return { payload: { bytes: content.content, contentType: content.contentType }, parameters: undefined }
  }
  const { template, outputFormat } = content
  return inAwsWords(() => {
    const parameters = parametersOf(content.parameters.map(storedParameter), mapValues(given ?? {}, storedValue))
    const values = { parameters, executionTimeoutSeconds }
    const bytes =
      outputFormat === 'CBOR'
        ? encodeCbor(fillTemplate(template, values, CBOR_FORM))
        : Buffer.from(stringifyJson(fillTemplate(template, values, JSON_FORM)))
    const contentType = `application/${outputFormat.toLowerCase()}`
    return { payload: { bytes, contentType }, parameters: mapValues(parameters, loadedValue) }
  })
}

/** By which a request is known again, whatever the order of its parameters. */
function requestText({ targetArn, commandArn, executionTimeoutSeconds, parameters = {} }: StartInput): string {
  const sorted = Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify([
    targetArn,
    commandArn,
    executionTimeoutSeconds,
    sorted.map(([name, each]) => [name, storedValue(each)]),
  ])
}
