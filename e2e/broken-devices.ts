import { connect as connectTls } from 'node:tls'
import {
  AttachPolicyCommand,
  AttachThingPrincipalCommand,
  CreateKeysAndCertificateCommand,
  CreatePolicyCommand,
  CreateThingCommand,
  DeleteCertificateCommand,
  type IoTClient,
  UpdateCertificateCommand,
} from '@aws-sdk/client-iot'
import { IoTDataPlaneClient, PublishCommand } from '@aws-sdk/client-iot-data-plane'
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt'

/** Where devices connect to, and who may register them. */
export interface DeviceDoor {
  /** Of the account's administrator. */
  readonly iot: IoTClient
  readonly host: string
  readonly port: number
  readonly rootCa: string
  /** Where signed requests go to, as the SDK takes it. */
  readonly sdk: ConstructorParameters<typeof IoTDataPlaneClient>[0]
}

interface Identity {
  readonly thingName: string
  readonly certificateId: string
  readonly cert: string
  readonly key: string
}

/** A device that does not work; what it does wrong goes on until it is disposed of. */
export interface BrokenDevice extends AsyncDisposable {
  readonly thingName: string
  readonly certificateId: string
}

/** How one device is broken: registered as `thingName` by what is wrong with it, and then run. */
export type BreakDevice = (door: DeviceDoor, thingName: string) => Promise<BrokenDevice>

const RETRY_MS = 2_000

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: policy variables, not template literals
const OWN = '${iot:Connection.Thing.ThingName}'
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: see above

const allow = (action: string, ...resources: string[]) => ({
  Effect: 'Allow',
  Action: action,
  Resource: resources.map((resource) => `arn:aws:iot:*:*:${resource}`),
})

/** What a device of the fleet may do when nothing is wrong with it. */
const SOUND = [
  allow('iot:Connect', `client/${OWN}`),
  allow('iot:Publish', `topic/dt/${OWN}/*`),
  allow('iot:Subscribe', `topicfilter/cmd/${OWN}/*`),
  allow('iot:Receive', `topic/cmd/${OWN}/*`),
]

async function register(
  { iot }: DeviceDoor,
  thingName: string,
  statements: readonly object[] | undefined = SOUND,
): Promise<Identity> {
  const { certificateArn, certificateId, certificatePem, keyPair } = await iot.send(
    new CreateKeysAndCertificateCommand({ setAsActive: true }),
  )
  if (!certificateArn || !certificateId || !certificatePem || !keyPair?.PrivateKey) throw new Error('No certificate')
  await iot.send(new CreateThingCommand({ thingName }))
  await iot.send(new AttachThingPrincipalCommand({ thingName, principal: certificateArn }))
  if (statements.length > 0) {
    const policyName = `device-${certificateId.slice(0, 12)}`
    const policyDocument = JSON.stringify({ Version: '2012-10-17', Statement: statements })
    await iot.send(new CreatePolicyCommand({ policyName, policyDocument }))
    await iot.send(new AttachPolicyCommand({ policyName, target: certificateArn }))
  }
  return { thingName, certificateId, cert: certificatePem, key: keyPair.PrivateKey }
}

/** Connects, again and again as device firmware does, and does something each time that it is connected. */
function run(
  { host, port, rootCa }: DeviceDoor,
  { thingName, certificateId, cert, key }: Identity,
  connected: (client: MqttClient) => void = () => {},
  options: Partial<IClientOptions> = {},
): BrokenDevice {
  const client = mqtt.connect({
    protocol: 'mqtts',
    host,
    port,
    ca: rootCa,
    cert,
    key,
    clientId: thingName,
    protocolVersion: 5,
    reconnectPeriod: RETRY_MS,
    ...options,
  })
  client.on('error', () => {}) // that it fails is what it is for
  client.on('connect', () => connected(client))
  return {
    thingName,
    certificateId,
    [Symbol.asyncDispose]: async () => {
      await client.endAsync(true)
    },
  }
}

/** Publishes once a second for as long as the connection lasts. */
function every(client: MqttClient, publish: () => void, periodMs = 1_000): void {
  publish()
  const timer = setInterval(publish, periodMs)
  client.once('close', () => clearInterval(timer))
}

const reading = () => JSON.stringify({ t: 21.5, at: Date.now() })

async function setStatus({ iot }: DeviceDoor, certificateId: string, newStatus: 'INACTIVE' | 'REVOKED'): Promise<void> {
  await iot.send(new UpdateCertificateCommand({ certificateId, newStatus }))
}

/** CONNECT of MQTT 3.1.1 with a keep-alive of 30 s, the least that AWS IoT takes. */
function connectPacket(clientId: string): Buffer {
  const id = Buffer.from(clientId)
  const body = Buffer.concat([
    Buffer.of(0, 4, 0x4d, 0x51, 0x54, 0x54, 4, 2, 0, 30),
    Buffer.of(id.length >> 8, id.length & 0xff),
    id,
  ])
  return Buffer.concat([Buffer.of(0x10, body.length), body])
}

/** Devices that do not work, each for one reason of those that operators meet, by that reason. */
export const BROKEN_DEVICES = {
  'certificate inactive': async (door, thingName) => {
    const identity = await register(door, thingName)
    await setStatus(door, identity.certificateId, 'INACTIVE')
    return run(door, identity)
  },
  'certificate revoked': async (door, thingName) => {
    const identity = await register(door, thingName)
    await setStatus(door, identity.certificateId, 'REVOKED')
    return run(door, identity)
  },
  'certificate not registered': async (door, thingName) => {
    await door.iot.send(new CreateThingCommand({ thingName }))
    const { certificateId, certificatePem, keyPair } = await door.iot.send(
      new CreateKeysAndCertificateCommand({ setAsActive: false }),
    )
    if (!certificateId || !certificatePem || !keyPair?.PrivateKey) throw new Error('No certificate')
    await door.iot.send(new DeleteCertificateCommand({ certificateId }))
    return run(door, { thingName, certificateId, cert: certificatePem, key: keyPair.PrivateKey })
  },
  'no policy': async (door, thingName) => run(door, await register(door, thingName, [])),
  'other client id': async (door, thingName) =>
    run(door, await register(door, thingName), undefined, { clientId: `${thingName}-v2` }),
  'publish not allowed': async (door, thingName) =>
    run(door, await register(door, thingName), (client) =>
      every(client, () => client.publish(`telemetry/${thingName}`, reading())),
    ),
  'reserved topic': async (door, thingName) =>
    run(door, await register(door, thingName, [allow('iot:*', '*')]), (client) =>
      every(client, () => client.publish(`$aws/events/presence/connected/${thingName}`, '{}')),
    ),
  'may not receive': async (door, thingName) =>
    run(door, await register(door, thingName, SOUND.slice(0, 3)), (client) => {
      client.subscribe(`cmd/${thingName}/#`)
      every(client, () => client.publish(`dt/${thingName}/state`, reading()))
    }),
  'payload too large': async (door, thingName) =>
    run(
      door,
      await register(door, thingName),
      (client) => every(client, () => client.publish(`dt/${thingName}/image`, Buffer.alloc(150_000))),
      // Of the newer version the client asks the server how much it takes, and does not send more.
      { protocolVersion: 4 },
    ),
  'client id taken by another': async (door, thingName) => {
    const statements = [allow('iot:Connect', `client/${thingName}`), allow('iot:Publish', `topic/dt/${thingName}/*`)]
    const publishes = (client: MqttClient) => every(client, () => client.publish(`dt/${thingName}/state`, reading()))
    const one = run(door, await register(door, thingName, statements), publishes)
    const copy = await register(door, `${thingName}-copy`, statements)
    const other = run(door, copy, publishes, { clientId: thingName, reconnectPeriod: 1.5 * RETRY_MS })
    return {
      ...one,
      [Symbol.asyncDispose]: async () => {
        await Promise.all([one[Symbol.asyncDispose](), other[Symbol.asyncDispose]()])
      },
    }
  },
  'will not allowed': async (door, thingName) =>
    run(door, await register(door, thingName), undefined, {
      will: { topic: `status/${thingName}`, payload: Buffer.from('gone'), qos: 1 },
    }),
  'silent beyond its keep-alive': async (door, thingName) => {
    const { certificateId, cert, key } = await register(door, thingName)
    let isOver = false
    const open = () => {
      const socket = connectTls({ host: door.host, port: door.port, ca: door.rootCa, cert, key, servername: door.host })
      socket.on('error', () => {})
      socket.on('close', () => {
        if (!isOver) setTimeout(() => (current = isOver ? current : open()), RETRY_MS)
      })
      socket.resume().write(connectPacket(thingName))
      return socket
    }
    let current = open()
    return {
      thingName,
      certificateId,
      [Symbol.asyncDispose]: async () => {
        isOver = true
        current.destroy()
      },
    }
  },
  'malformed packet': async (door, thingName) => {
    // PUBLISH of QoS 3, which there is not [MQTT-3.3.1-4].
    const packet = Buffer.from([0x36, 6, 0, 1, 0x61, 0, 1, 0x78])
    return run(door, await register(door, thingName), (client) => void client.stream.write(packet))
  },
  'clock off': async (door, thingName) => {
    const { certificateId } = await register(door, thingName)
    // A new one each time: the SDK sets its clock by the answer.
    const publish = async () => {
      const client = new IoTDataPlaneClient({ ...door.sdk, systemClockOffset: -3_600_000, maxAttempts: 1 })
      await client
        .send(new PublishCommand({ topic: `dt/${thingName}`, payload: Buffer.from(reading()) }))
        .catch(() => {})
    }
    const timer = setInterval(() => void publish(), RETRY_MS)
    return { thingName, certificateId, [Symbol.asyncDispose]: async () => clearInterval(timer) }
  },
  'connects too often': async (door, thingName) =>
    run(door, await register(door, thingName), (client) => void setTimeout(() => client.stream.destroy(), 20), {
      reconnectPeriod: 50,
    }),
} as const satisfies Readonly<Record<string, BreakDevice>>

export type Breakage = keyof typeof BROKEN_DEVICES
