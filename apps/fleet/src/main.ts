/**
 * Simulated devices that use the public device path only: the control plane to be registered, then mTLS MQTT. Where
 * they connect is decided by the standard AWS environment variables, so they run against AWS as well. A private root
 * CA is trusted through Node's NODE_EXTRA_CA_CERTS, or fetched from where --root-ca says.
 */
import { parseArgs } from 'node:util'
import { IoTClient } from '@aws-sdk/client-iot'
import pino from 'pino'
import { startFleet } from './fleet.ts'
import { trustRootCa } from './trust.ts'

const { values } = parseArgs({
  options: {
    devices: { type: 'string', default: '12' },
    seed: { type: 'string', default: '1' },
    state: { type: 'string', default: '.thingdeck/fleet' },
    account: { type: 'string' },
    'root-ca': { type: 'string' },
    'mqtt-port': { type: 'string', default: '8883' },
    'drop-every': { type: 'string', default: '300' },
    'by-claim': { type: 'boolean', default: false },
    'provisioning-role': { type: 'string', default: 'thingdeck-fleet-provisioning' },
    'log-level': { type: 'string', default: 'warn' },
    help: { type: 'boolean', default: false },
  },
})

if (values.help) {
  console.log(`Usage: node apps/fleet/src/main.ts [options]
  --devices N      how many devices (12): thermostats, street lamps and pumps in turn
  --seed N         the same seed gives the same devices (1)
  --state DIR      where the devices keep their keys and certificates (.thingdeck/fleet)
  --account ID     AWS account id, for the resource ARNs of the device policy
  --root-ca URL    where a root CA is that devices trust too, in PEM
  --mqtt-port N    port of MQTT over TLS (8883)
  --drop-every N   mean seconds between lost connections of a device (300; 0 for never)
  --by-claim       devices register themselves with a claim, in place of being registered
  --provisioning-role NAME  role of the account that AWS IoT provisions with then (thingdeck-fleet-provisioning)
  --log-level L    pino level (warn)`)
  process.exit(0)
}

function positive(name: string, text: string): number {
  const value = Number(text)
  if (Number.isFinite(value) && value >= 0) return value
  console.error(`--${name} takes a number that is not negative, not '${text}'.`)
  process.exit(2)
}

const log = pino({ name: 'fleet', level: values['log-level'] }, pino.destination(2))
const iot = new IoTClient({})
const account = values.account ?? process.env.AWS_ACCOUNT_ID
if (!account) {
  console.error('The account id is not known: give it with --account or AWS_ACCOUNT_ID.')
  process.exit(2)
}
const dropEvery = positive('drop-every', values['drop-every'])

try {
  if (values['root-ca'] !== undefined) await trustRootCa(values['root-ca'])
  const fleet = await startFleet({
    iot,
    account,
    region: await iot.config.region(),
    devices: positive('devices', values.devices),
    seed: positive('seed', values.seed),
    stateFolder: values.state,
    mqttPort: positive('mqtt-port', values['mqtt-port']),
    meanSecondsBetweenDrops: dropEvery === 0 ? Number.POSITIVE_INFINITY : dropEvery,
    ...(values['by-claim'] && { provisioningRoleArn: `arn:aws:iam::${account}:role/${values['provisioning-role']}` }),
    log,
  })
  console.log(JSON.stringify({ ready: true, devices: fleet.devices.map((device) => device.thingName) }))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, async () => {
      await fleet.stop()
      process.exit(0)
    })
  }
} catch (error) {
  const { name, message } = error as Error
  console.error(`The fleet could not be started: ${name}: ${message}`)
  process.exit(1)
}
