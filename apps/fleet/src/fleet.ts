import { DescribeEndpointCommand, type IoTClient } from '@aws-sdk/client-iot'
import type { Logger } from 'pino'
import { Device } from './device.ts'
import type { CommandTemper } from './device-commands.ts'
import type { DeviceModel } from './device-model.ts'
import { createModels } from './fleet-models.ts'
import { provisionFleet, type RegisterDevice, registerByApi } from './provision.ts'
import { seededRandom } from './random.ts'
import { prepareClaim, registerByClaim } from './register-by-claim.ts'
import { provisionCatalog } from './sample-catalog.ts'

export interface FleetOptions {
  readonly iot: IoTClient
  readonly account: string
  readonly region: string
  readonly devices: number
  readonly seed: number
  /** Where the devices keep their keys and certificates. */
  readonly stateFolder: string
  readonly mqttPort: number
  readonly meanSecondsBetweenDrops: number
  /** Devices register themselves with a claim, by templates with this role; without it the fleet registers them. */
  readonly provisioningRoleArn?: string
  /** Root CA in PEM to trust instead of Node's own list. */
  readonly ca?: string
  readonly log: Logger
}

/**
 * Of a fleet that has so many, the fifth device refuses every command, and the sixth does nothing about its jobs and
 * commands: somebody has to be found out.
 */
const THE_LOCKED_ONE = 4
const THE_SILENT_ONE = 5
const TEMPERS: Readonly<Record<number, CommandTemper>> = {
  [THE_LOCKED_ONE]: 'refuses',
  [THE_SILENT_ONE]: 'is silent',
}

/** Registers what is missing, then connects every device; resolves when all have been connected once. */
export async function startFleet(options: FleetOptions): Promise<{ devices: Device[]; stop: () => Promise<void> }> {
  const { iot, account, region, stateFolder, log } = options
  const models = createModels(options.devices, options.seed)
  const { endpointAddress } = await iot.send(new DescribeEndpointCommand({ endpointType: 'iot:Data-ATS' }))
  if (!endpointAddress) throw new Error('DescribeEndpoint answered without an address')
  const register = await registerOf(options, models, endpointAddress)
  const identities = await provisionFleet({ iot, models, stateFolder, region, account, register })
  await provisionCatalog(iot)

  const devices = [...identities].map(
    ([model, identity], index) =>
      new Device({
        model,
        identity,
        host: endpointAddress,
        port: options.mqttPort,
        random: seededRandom(options.seed * 7_919 + index),
        meanSecondsBetweenDrops: options.meanSecondsBetweenDrops,
        ignoresJobs: index === THE_SILENT_ONE,
        commandTemper: TEMPERS[index] ?? 'obeys',
        ...(options.ca !== undefined && { ca: options.ca }),
        log,
      }),
  )
  await Promise.all(devices.map((device) => device.connected))
  return {
    devices,
    stop: async () => {
      await Promise.all(devices.map((device) => device.stop()))
    },
  }
}

async function registerOf(
  options: FleetOptions,
  models: readonly DeviceModel[],
  host: string,
): Promise<RegisterDevice> {
  const { provisioningRoleArn, iot, mqttPort: port, ca } = options
  if (provisioningRoleArn === undefined) return registerByApi(iot)
  const claim = await prepareClaim({ ...options, provisioningRoleArn, models })
  return registerByClaim(claim, { host, port, ...(ca !== undefined && { ca }) })
}
