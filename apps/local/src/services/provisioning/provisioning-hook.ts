import type { AskedFunctions } from './asked-functions.ts'
import { FleetError } from './fleet-error.ts'

/** What a function is told of a device. @see AWS IoT developer guide, "Pre-provision hook input" */
export interface HookInput {
  readonly claimCertificateId: string
  readonly certificateId: string
  readonly certificatePem: string
  readonly templateArn: string
  readonly clientId: string
  readonly parameters: Readonly<Record<string, string>>
}

/**
 * Asks a pre-provisioning hook whether a device may be provisioned.
 * @returns what it has in place of the device's parameters, or beside them
 * @throws {FleetError} AccessDenied: it said no, or nothing that can be understood, or not in time, or cannot be invoked
 * @see AWS IoT developer guide, "Pre-provisioning hooks"
 */
export async function askHook(
  functions: AskedFunctions,
  hookArn: string,
  input: HookInput,
): Promise<Readonly<Record<string, string>>> {
  const answer = await functions.ask(hookArn, input.templateArn, input)
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

const denied = (message: string): FleetError => new FleetError('AccessDenied', message)
