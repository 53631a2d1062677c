import { AwsError } from '@thingdeck/aws-api'
import type { ServiceContext } from '../../foundation/service.ts'
import { FleetError } from './fleet-error.ts'

/** "The Lambda function must finish running and return within 5 seconds, otherwise the provisioning request fails." */
const HOOK_MS = 5_000

/** What a function is told of a device. @see AWS IoT developer guide, "Pre-provision hook input" */
export interface HookInput {
  readonly claimCertificateId: string
  readonly certificateId: string
  readonly certificatePem: string
  readonly templateArn: string
  readonly clientId: string
  readonly parameters: Readonly<Record<string, string>>
}

type HookContext = Pick<ServiceContext, 'functions' | 'after'>

/**
 * Asks a pre-provisioning hook whether a device may be provisioned.
 * @returns what it has in place of the device's parameters, or beside them
 * @throws {FleetError} AccessDenied: it said no, or nothing that can be understood, or not in time, or cannot be invoked
 * @see AWS IoT developer guide, "Pre-provisioning hooks"
 */
export async function askHook(
  context: HookContext,
  hookArn: string,
  input: HookInput,
): Promise<Readonly<Record<string, string>>> {
  const answer = await invokeFor(context, hookArn, input.templateArn, input)
  const what = 'The pre-provisioning hook'
  if (typeof answer !== 'object' || answer === null) throw denied(`${what} did not answer with an object`)
  const { allowProvisioning, parameterOverrides } = answer as Readonly<Record<string, unknown>> // any member may be asked for
  if (allowProvisioning !== true) throw denied(`${what} did not answer with "allowProvisioning": true`)
  if (parameterOverrides === undefined || parameterOverrides === null) return {}
  if (typeof parameterOverrides !== 'object' || Array.isArray(parameterOverrides)) {
    throw denied(`${what} answered with parameterOverrides that are no object`)
  }
  const overrides = Object.entries<unknown>({ ...parameterOverrides }).map(([name, value]): [string, string] => {
    if (typeof value !== 'string') throw denied(`${what} answered with the parameter ${name}, which is no text`)
    return [name, value]
  })
  return Object.fromEntries(overrides)
}

/**
 * Has a function asked that must answer within five seconds.
 * @param sourceArn on behalf of what, as the function's own policy asks
 * @returns its answer, as JSON has it
 * @throws {FleetError} AccessDenied, with why
 */
export async function invokeFor(
  { functions, after }: HookContext,
  functionArn: string,
  sourceArn: string,
  input: object,
): Promise<unknown> {
  const late = Promise.withResolvers<'late'>()
  const cancel = after(HOOK_MS, () => late.resolve('late'))
  try {
    const source = { service: 'iot.amazonaws.com', sourceArn }
    const running = functions.invoke(functionArn, Buffer.from(JSON.stringify(input)), { source })
    running.catch(() => {}) // it may fail when nobody waits for it any more
    const answer = await Promise.race([running, late.promise])
    if (answer === 'late') throw denied(`The function ${functionArn} did not answer within ${HOOK_MS / 1000} seconds`)
    if (answer.functionError !== undefined) {
      throw denied(`The function ${functionArn} failed: ${reasonIn(answer.payload)}`)
    }
    return JSON.parse(textOf(answer.payload))
  } catch (error) {
    if (error instanceof AwsError) throw denied(`The function ${functionArn} could not be invoked: ${error.message}`)
    if (error instanceof SyntaxError) throw denied(`The function ${functionArn} did not answer with JSON`)
    throw error
  } finally {
    cancel()
  }
}

const denied = (message: string): FleetError => new FleetError('AccessDenied', message)

const textOf = (payload: Uint8Array): string => Buffer.from(payload).toString()

/** Of a log entry, which a function must not make arbitrarily long. */
const MAX_REASON_CHARACTERS = 500

/** Of the document of an error: `{"errorType", "errorMessage", "trace"}`. */
function reasonIn(payload: Uint8Array): string {
  const text = textOf(payload)
  const said: unknown = JSON.parse(text)
  const isDocument = typeof said === 'object' && said !== null && 'errorMessage' in said
  const reason = isDocument && typeof said.errorMessage === 'string' ? said.errorMessage : text
  return reason.slice(0, MAX_REASON_CHARACTERS)
}
