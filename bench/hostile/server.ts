import { readFileSync } from 'node:fs'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import {
  AttachPolicyCommand,
  CreateKeysAndCertificateCommand,
  CreatePolicyCommand,
  IoTClient,
} from '@aws-sdk/client-iot'
import { connect, type IClientOptions, type MqttClient } from 'mqtt'
import { type EmbeddedServerReady, embeddedServer, sdkOf } from '../../scripts/run/embedded-server.ts'
import { Service } from '../../scripts/run/service.ts'
import { Finding } from './attack.ts'

/** What AWS paces, so that a round is not about waiting. */
const PACED = ['stored', 'shared', 'inboundPublishes', 'outboundPublishes'].map((what) =>
  what.endsWith('Publishes') ? `${what}PerSecond=off` : `${what}MessagesPerSecond=off`,
)

export interface VictimOptions {
  /** Where it keeps the account; left out, it keeps nothing. */
  readonly data?: string
  /** With AWS's own rates. */
  readonly isPaced?: boolean
  /** A command that runs it. */
  readonly runner?: readonly string[]
  /** It is meant to fail: what it says of that is no finding. */
  readonly mayComplain?: boolean
}

/** A client certificate that may do everything. */
export interface Identity {
  readonly cert: string
  readonly key: string
}

/** The embedded server as a process of its own, which is what is attacked. */
export class Victim implements AsyncDisposable {
  readonly ready: EmbeddedServerReady
  readonly sdk: ReturnType<typeof sdkOf>
  readonly ca: string
  readonly #service: Service
  readonly #complaints: readonly string[]
  #isEnded = false

  private constructor(ready: EmbeddedServerReady, service: Service, complaints: readonly string[]) {
    this.ready = ready
    this.sdk = sdkOf(ready)
    this.ca = readFileSync(ready.rootCaPath, 'utf8')
    this.#service = service
    this.#complaints = complaints
    void service.ended.then(() => {
      this.#isEnded = true
    })
  }

  static async start({ data, isPaced, runner, mayComplain }: VictimOptions = {}): Promise<Victim> {
    const complaints: string[] = []
    const { PATH, HOME, TMPDIR } = process.env
    const described = embeddedServer({
      ...(data !== undefined && { data }),
      limits: isPaced ? [] : PACED,
      args: ['--log-level', 'error'],
    })
    const service = new Service({
      ...described,
      environment: { PATH, HOME, TMPDIR },
      ...(runner && { runner }),
      onError: (line) => {
        if (!mayComplain) complaints.push(line)
      },
    })
    return new Victim(await service.ready<EmbeddedServerReady>(), service, complaints)
  }

  get pid(): number {
    return this.#service.pid
  }

  /** A certificate of its account. */
  async identity(): Promise<Identity> {
    const iot = new IoTClient(this.sdk)
    const made = await iot.send(new CreateKeysAndCertificateCommand({ setAsActive: true }))
    const policyName = `everything-${made.certificateId?.slice(0, 8)}`
    const policyDocument = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'iot:*', Resource: '*' }],
    })
    await iot.send(new CreatePolicyCommand({ policyName, policyDocument }))
    await iot.send(new AttachPolicyCommand({ policyName, target: made.certificateArn }))
    iot.destroy()
    return { cert: made.certificatePem ?? '', key: made.keyPair?.PrivateKey ?? '' }
  }

  /**
   * An MQTT client at the mutual TLS port, behind its CONNACK. `onMessage` hears of messages from the first on: those that
   * were stored follow CONNACK at once.
   * @throws {Error} where the connection is refused, or closed before
   */
  async connect(
    { cert, key }: Identity,
    options: IClientOptions,
    onMessage?: (topic: string, payload: Buffer) => void,
  ): Promise<MqttClient> {
    const mqtt = connect({
      ...this.#address(this.ready.mqtts),
      ca: this.ca,
      cert,
      key,
      protocol: 'mqtts',
      protocolVersion: 5,
      reconnectPeriod: 0,
      keepalive: 60,
      ...options,
    })
    if (onMessage) mqtt.on('message', onMessage)
    const connected = Promise.withResolvers<void>()
    mqtt.once('connect', () => connected.resolve())
    mqtt.on('error', connected.reject) // later ones are told by 'close'
    mqtt.once('close', () => connected.reject(new Error('The server closed the connection')))
    try {
      await connected.promise
    } catch (error) {
      mqtt.end(true)
      throw error
    }
    return mqtt
  }

  /** A TLS connection to one of its ports; `protocol` by ALPN. Errors are not told: the peer may do what it wants. */
  open(url: string, identity?: Identity, protocol?: string): TLSSocket {
    const socket = connectTls({
      ...this.#address(url),
      ca: this.ca,
      ...identity,
      ...(protocol !== undefined && { ALPNProtocols: [protocol] }),
    })
    return socket.on('error', () => {})
  }

  /**
   * @returns the exit code
   * @throws {Finding} where it said something that it should not have had a reason to
   */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    const code = await this.#service.stop(signal)
    this.checkQuiet()
    return code
  }

  /** @throws {Finding} where it ended by itself, or said that something failed in it */
  checkQuiet(): void {
    if (this.#complaints.length > 0) throw new Finding(`It said: ${this.#complaints.slice(0, 3).join(' | ')}`)
  }

  /** @throws {Finding} as {@link checkQuiet}, or where it ended by itself */
  checkAlive(): void {
    this.checkQuiet()
    if (this.#isEnded) throw new Finding('The server has ended')
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#service.stop('SIGKILL')
  }

  #address(url: string): { host: string; port: number; servername: string } {
    const { hostname, port } = new URL(url)
    return { host: hostname, port: Number(port), servername: 'localhost' }
  }
}
