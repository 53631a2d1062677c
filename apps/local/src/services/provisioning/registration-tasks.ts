import { randomUUID } from 'node:crypto'
import { evaluateTemplate, type ProvisioningTemplate } from '@thingdeck/provisioning'
import type { Operations } from '../../foundation/account-operations.ts'
import { invalidRequest, notFound } from '../../foundation/errors.ts'
import type { IotInput } from '../../foundation/iot-handlers.ts'
import { mapPage, type Page, type PageRequest, paginateBySeq } from '../../foundation/paging.ts'
import type { RoleSessions } from '../../foundation/role-sessions.ts'
import type { ServiceContext } from '../../foundation/service.ts'
import { isDiskFault } from '../../foundation/sqlite-code.ts'
import { PackageVersions } from './package-versions.ts'
import { type PlanParts, performPlan } from './perform-plan.ts'
import { type LineError, lineError, registrationError } from './registration-error.ts'
import type { InputFileLine, RegistrationFiles } from './registration-files.ts'
import type { RegistrationTask, RegistrationTaskTable } from './registration-task-table.ts'
import { readTemplateBody } from './template-body.ts'

/** "AWS IoT fleet provisioning limits": a line of the input file. */
const MAX_LINE_CHARACTERS = 256_000
/** "Bulk registration": how long tasks and their reports are kept. */
const KEPT_MS = 30 * 86_400_000
/** After the disk failed a task. */
const AGAIN_MS = 1_000

/** Registers things of a file, line by line, in the background; goes on where it was when the server starts again. */
export class RegistrationTasks {
  readonly #context: ServiceContext
  readonly #table: RegistrationTaskTable
  readonly #files: RegistrationFiles
  readonly #sessions: RoleSessions
  #running: Promise<void> = Promise.resolve()
  /** Of the task that is tried again: there is one at a time. */
  #cancelAgain = () => {}
  #isClosed = false

  /** @param sessions what AWS IoT may be */
  constructor(context: ServiceContext, table: RegistrationTaskTable, files: RegistrationFiles, sessions: RoleSessions) {
    this.#context = context
    this.#table = table
    this.#files = files
    this.#sessions = sessions
    for (const { taskId } of table.open()) this.#begin(taskId)
  }

  /** @throws {AwsError} InvalidRequestException: a template that is none, a role that cannot be assumed, one that runs */
  start(input: IotInput<'StartThingRegistrationTask'>): string {
    const { templateBody, inputFileBucket, inputFileKey, roleArn } = input
    readTemplateBody(templateBody, 'REGISTRATION')
    const untrusted = this.#sessions.whyNotTrusted(roleArn)
    if (untrusted !== undefined) throw invalidRequest(untrusted)
    // "You can run only one bulk registration operation task at a time" (guide, "Bulk registration").
    const [other] = this.#table.open()
    if (other) throw invalidRequest(`Registration task ${other.taskId} is running: there is one at a time`)
    this.#forgetOld()
    const taskId = randomUUID()
    this.#table.insert({ taskId, templateBody, inputFileBucket, inputFileKey, roleArn }, this.#context.clock())
    this.#begin(taskId)
    return taskId
  }

  /** @throws {AwsError} ResourceNotFoundException */
  require(taskId: string): RegistrationTask {
    const task = this.#table.get(taskId)
    if (!task) throw notFound(`Registration task ${taskId} does not exist`)
    return task
  }

  list({ status, ...page }: IotInput<'ListThingRegistrationTasks'>): Page<RegistrationTask> {
    this.#forgetOld()
    return paginateBySeq(page, `ListThingRegistrationTasks ${status ?? ''}`, (after, count) =>
      this.#table.read(status, after, count),
    )
  }

  /** @throws {AwsError} ResourceNotFoundException; InvalidRequestException for one that has ended */
  stop(taskId: string): void {
    const { status } = this.require(taskId)
    if (status === 'Cancelling') return
    if (status !== 'InProgress') throw invalidRequest(`Registration task ${taskId} is ${status}: it has ended`)
    this.#table.setStatus(taskId, 'Cancelling', undefined, this.#context.clock())
  }

  /** Links to the files of a report; none before the task has ended. */
  reports(input: IotInput<'ListThingRegistrationTaskReports'>): Page<string> {
    const { taskId, reportType, ...page } = input
    const { status } = this.require(taskId)
    const isOpen = status === 'InProgress' || status === 'Cancelling'
    const lines = isOpen ? [] : this.#table.lines(taskId, reportType === 'ERRORS')
    const links = this.#files.linksTo(taskId, reportType, lines)
    return pageOf(page, `reports ${reportType} of ${taskId}`, links)
  }

  /** Waits for the line that is being registered; the rest is for the next start. */
  async close(): Promise<void> {
    this.#isClosed = true
    this.#cancelAgain()
    await this.#running
  }

  #begin(taskId: string): void {
    this.#running = this.#running
      .then(() => this.#run(taskId))
      .catch((error: unknown) => {
        if (this.#isClosed) return // the next start goes on
        this.#context.log.error({ err: error, taskId }, 'a registration task could not go on; it is tried again')
        this.#cancelAgain = this.#context.after(AGAIN_MS, () => this.#begin(taskId))
      })
  }

  async #run(taskId: string): Promise<void> {
    // The doors open once all services are there.
    await new Promise<void>((resolve) => setImmediate(resolve))
    const task = this.#table.get(taskId)
    if (!task || this.#isClosed) return
    const failure = await whyNot(() => this.#work(task))
    if (this.#isClosed) return
    // What was done before a failure is reported too; a task that cannot report has ended all the same.
    const unreported = await whyNot(() => this.#putReports(taskId))
    if (this.#isClosed) return
    const isStopped = this.#table.get(taskId)?.status === 'Cancelling'
    const message = failure ?? (unreported && `The reports could not be put into S3: ${unreported}`)
    this.#end(taskId, message !== undefined ? 'Failed' : isStopped ? 'Cancelled' : 'Completed', message)
  }

  async #putReports(taskId: string): Promise<void> {
    await this.#files.putReport(taskId, 'ERRORS', this.#table.lines(taskId, true))
    await this.#files.putReport(taskId, 'RESULTS', this.#table.lines(taskId, false))
  }

  #end(taskId: string, status: 'Completed' | 'Failed' | 'Cancelled', message?: string): void {
    this.#table.setStatus(taskId, status, message?.slice(0, 2_048), this.#context.clock())
  }

  /** @throws {Error} where nothing can be registered at all */
  async #work({ taskId, templateBody, roleArn, inputFileBucket, inputFileKey, etag, linesDone }: RegistrationTask) {
    const template = readTemplateBody(templateBody, 'REGISTRATION')
    const { lines, etag: now } = await this.#files.readInput(roleArn, taskId, inputFileBucket, inputFileKey)
    if (etag === null) this.#table.noteInput(taskId, lines.filter(({ line }) => line.trim() !== '').length, now)
    else if (etag !== now) throw new Error(`s3://${inputFileBucket}/${inputFileKey} has changed since the task began`)
    const operations = await this.#context.operations.as(roleArn, taskId)
    for (const [index, { line, offset }] of lines.entries()) {
      if (index < linesDone) continue
      if (this.#isClosed || this.#table.get(taskId)?.status !== 'InProgress') return
      if (line.trim() === '') this.#table.skipLine(taskId)
      else await this.#register(taskId, operations, template, { line, lineNumber: index + 1, offset })
      await new Promise<void>((resolve) => setImmediate(resolve)) // others have their turn
    }
  }

  async #register(taskId: string, operations: Operations, template: ProvisioningTemplate, at: InputLine) {
    const { line, lineNumber, offset } = at
    const note = (isError: boolean, what: object) => {
      if (!this.#table.get(taskId)) return // the account was emptied meanwhile
      const text = JSON.stringify({ lineNumber, offset, ...what })
      this.#table.noteLine(taskId, { line: lineNumber, isError, text }, this.#context.clock())
    }
    const fail = (error: LineError) => note(true, { error })
    const parameters = parametersIn(line)
    if (typeof parameters === 'string') return fail({ code: 'InvalidParameters', message: parameters })
    try {
      const plan = evaluateTemplate(template, parameters)
      await performPlan(planParts(this.#context), operations, plan, ({ certificatePem, resourceArns }) =>
        note(false, { response: { CertificatePem: certificatePem, ResourceArns: resourceArns } }),
      )
    } catch (error) {
      const told = lineError(error)
      if (!told) throw error
      fail(told)
    }
  }

  #forgetOld(): void {
    this.#table.deleteOlderThan(this.#context.clock() - KEPT_MS)
  }
}

/** What went wrong with it; `undefined` where nothing did. @throws what the disk did not take, which it may take later */
async function whyNot(work: () => Promise<void>): Promise<string | undefined> {
  try {
    await work()
    return undefined
  } catch (error) {
    if (isDiskFault(error)) throw error
    return error instanceof Error ? error.message : String(error)
  }
}

interface InputLine extends InputFileLine {
  /** From 1. */
  readonly lineNumber: number
}

/** The parameters of one line; a sentence where it has none. */
function parametersIn(line: string): Readonly<Record<string, string>> | string {
  if (line.length > MAX_LINE_CHARACTERS) {
    return `The line has ${line.length} characters; a line has at most ${MAX_LINE_CHARACTERS}`
  }
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return 'The line is no JSON'
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'The line is no JSON object'
  const entries: [string, string][] = []
  for (const [name, given] of Object.entries<unknown>({ ...value })) {
    if (typeof given !== 'string') return `The parameter ${name} is no text`
    entries.push([name, given])
  }
  return Object.fromEntries(entries)
}

function pageOf(request: PageRequest, listing: string, items: readonly string[]): Page<string> {
  const rows = items.map((text, index) => ({ text, seq: index + 1 }))
  const page = paginateBySeq(request, listing, (after, count) => rows.slice(after, after + count))
  return mapPage(page, ({ text }) => text)
}

/** RegisterThing: one thing, at once. @throws {AwsError} as the operation has them */
export async function registerThing(
  context: ServiceContext,
  { templateBody, parameters = {} }: IotInput<'RegisterThing'>,
) {
  const template = readTemplateBody(templateBody, 'REGISTRATION')
  try {
    // Who may call this may do what the template says (AWS IoT API reference, RegisterThing).
    const operations = await context.operations.as(undefined, '')
    return await performPlan(planParts(context), operations, evaluateTemplate(template, parameters))
  } catch (error) {
    throw registrationError(error)
  }
}

function planParts(context: ServiceContext): PlanParts {
  return { account: context.operations, packages: new PackageVersions(context) }
}
