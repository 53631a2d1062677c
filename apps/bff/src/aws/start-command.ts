import type { CommandParameterValue as ValueOfAws } from '@aws-sdk/client-iot'
import { type IoTJobsDataPlaneClient, StartCommandExecutionCommand } from '@aws-sdk/client-iot-jobs-data-plane'
import type { CommandParameterValue, CommandParameterValues, CommandTarget } from '@thingdeck/contract'
import type { Arns } from './arns.ts'
import { present } from './present.ts'

/** What is sent, to whom. */
export interface CommandStart {
  readonly commandId: string
  readonly target: CommandTarget
  readonly parameters?: CommandParameterValues
  readonly executionTimeoutSeconds?: number
  /** The same one again starts nothing again. */
  readonly clientToken: string
}

/** Sends a command. Errors are AWS's own. @returns the id of the execution */
export async function startCommand(
  jobsData: IoTJobsDataPlaneClient,
  arns: Pick<Arns, 'prefix' | 'thing' | 'client'>,
  { commandId, target, parameters, ...rest }: CommandStart,
): Promise<string> {
  const { executionId = '' } = await jobsData.send(
    new StartCommandExecutionCommand({
      ...rest,
      commandArn: commandArn(arns, commandId),
      targetArn: commandTargetArn(arns, target),
      ...(parameters && Object.keys(parameters).length > 0 && { parameters: mapValues(parameters, toAws) }),
    }),
  )
  return executionId
}

export const commandArn = ({ prefix }: Pick<Arns, 'prefix'>, commandId: string): string =>
  `${prefix}:command/${commandId}`

/** `…:thing/NAME`, or `…:client/ID`. */
export const commandTargetArn = (
  arns: Pick<Arns, 'thing' | 'client'>,
  { thingName, clientId = '' }: CommandTarget,
): string => (thingName === undefined ? arns.client(clientId) : arns.thing(thingName)).arn ?? ''

/** Bytes are in Base64 in the contract. */
export const toAws = ({ BIN, ...rest }: CommandParameterValue): ValueOfAws => ({
  ...rest,
  ...(BIN !== undefined && { BIN: Buffer.from(BIN, 'base64') }),
})

/** The way back from {@link toAws}. */
export const fromAws = ({ BIN, ...rest }: ValueOfAws): CommandParameterValue => present({ ...rest, BIN: base64Of(BIN) })

export const base64Of = (bytes: Uint8Array | undefined): string | undefined =>
  bytes && Buffer.from(bytes).toString('base64')

export const mapValues = <From, To>(
  values: Readonly<Record<string, From>>,
  map: (value: From) => To,
): Record<string, To> => Object.fromEntries(Object.entries(values).map(([name, value]) => [name, map(value)]))
