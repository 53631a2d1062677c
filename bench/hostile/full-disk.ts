import { execFileSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CreateThingCommand, DescribeThingCommand, IoTClient } from '@aws-sdk/client-iot'
import { type Attack, Finding, type Tally } from './attack.ts'
import { connectAndLeave } from './packets.ts'
import type { Random } from './random.ts'
import { Receiver } from './receivers.ts'
import { type Identity, Victim } from './server.ts'

const KILOBYTE = 1024
/** What a round leaves to write, at least and at most. */
const ROOM = { leastKilobytes: 60, moreKilobytes: 400 }

/**
 * A disk that fills while messages and calls are acknowledged: no file may grow any more, which the server learns as it
 * would of a full disk. What it acknowledged before and meanwhile is there afterwards; and once there is room, it goes on.
 */
export class FullDisk implements Attack {
  readonly name = 'full-disk'
  readonly #sleeper = new Receiver('sleeper', 'queue/#')
  readonly #acknowledged = new Set<string>()
  readonly #things: string[] = []
  #rounds = 0
  #folder: string | undefined
  #server: Victim | undefined
  #identity: Identity | undefined

  async round(random: Random): Promise<Tally> {
    const { folder, identity } = await this.#begin()
    this.#rounds += 1
    const [messages, things] = [this.#acknowledged.size, this.#things.length]
    const roomBytes = (ROOM.leastKilobytes + random.below(ROOM.moreKilobytes)) * KILOBYTE
    const tight = await this.#start({ data: folder, runner: noFileBeyond(largestFile(folder) + roomBytes) })
    let isFull = false
    const isOver = () => isFull
    const others = [this.#makeThings(tight, isOver), this.#comeAndGo(tight, identity, isOver)]
    await this.#publishUntilRefused(tight, identity)
    isFull = true
    await Promise.all(others)
    const isRoomy = giveRoom(tight.pid)
    if (isRoomy) await this.#goOn(tight, identity)
    await tight.stop('SIGKILL')

    const after = await this.#start({ data: folder })
    await this.#sleeper.catchUp(after, identity, this.#acknowledged)
    await this.#findThings(after)
    await after.stop()
    return {
      'full disks': 1,
      'acknowledged messages': this.#acknowledged.size - messages,
      'acknowledged things': this.#things.length - things,
      ...(isRoomy && { 'went on': 1 }),
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server?.[Symbol.asyncDispose]()
    if (this.#folder !== undefined) await rm(this.#folder, { recursive: true, force: true })
  }

  async #begin(): Promise<{ folder: string; identity: Identity }> {
    if (this.#folder !== undefined && this.#identity) return { folder: this.#folder, identity: this.#identity }
    const folder = await mkdtemp(join(tmpdir(), 'hostile-full-'))
    this.#folder = folder
    const roomy = await this.#start({ data: folder })
    const identity = await roomy.identity()
    this.#identity = identity
    await this.#sleeper.subscribe(roomy, identity)
    await roomy.stop()
    return { folder, identity }
  }

  async #start({ data, runner }: { data: string; runner?: readonly string[] }): Promise<Victim> {
    this.#server = await Victim.start({ data, ...(runner && { runner, mayComplain: true }) })
    return this.#server
  }

  /** Publishes at QoS 1, several at a time, until the server takes no more. */
  async #publishUntilRefused(server: Victim, identity: Identity): Promise<void> {
    const mqtt = await server.connect(identity, { clientId: 'publisher' })
    const closed = Promise.withResolvers<'closed'>()
    let isClosed = false
    mqtt.once('close', () => {
      isClosed = true
      closed.resolve('closed')
    })
    let count = 0
    const publisher = async () => {
      while (!isClosed) {
        const id = `${this.#rounds}-${count++}`
        const sent = mqtt.publishAsync('queue/1', `${id}:${'x'.repeat(2 * KILOBYTE)}`, { qos: 1 })
        // A client that is never answered waits for good.
        const settled = sent.then(
          () => 'acknowledged',
          () => 'refused',
        )
        if ((await Promise.race([settled, closed.promise])) === 'acknowledged') this.#acknowledged.add(id)
      }
    }
    await Promise.all(Array.from({ length: 6 }, publisher))
    mqtt.end(true)
  }

  /** Makes things all the while: its commits take the broker's writes along. */
  async #makeThings(server: Victim, isOver: () => boolean): Promise<void> {
    const iot = new IoTClient({ ...server.sdk, maxAttempts: 1 })
    for (let index = 0; !isOver(); index += 1) {
      const thingName = `thing-${this.#rounds}-${index}`
      const attributes = { note: 'n'.repeat(700) }
      try {
        await iot.send(new CreateThingCommand({ thingName, attributePayload: { attributes } }))
        this.#things.push(thingName)
      } catch (error) {
        // The disk is full, and the thing is not promised.
        if (!(error instanceof Error) || error.name !== 'InternalFailureException') throw error
      }
    }
    iot.destroy()
  }

  /** Connects and leaves all the while: an end of a connection commits what others wait for, too. */
  async #comeAndGo(server: Victim, identity: Identity, isOver: () => boolean): Promise<void> {
    for (let index = 0; !isOver(); index += 1) {
      const socket = server.open(server.ready.mqtts, identity)
      socket.resume()
      socket.end(connectAndLeave(`visitor-${index}`))
      await new Promise((resolve) => socket.once('close', resolve))
    }
  }

  /** There is room again: the next call and the next message are taken. */
  async #goOn(server: Victim, identity: Identity): Promise<void> {
    const iot = new IoTClient({ ...server.sdk, maxAttempts: 1 })
    const thingName = `thing-${this.#rounds}-roomy`
    await iot.send(new CreateThingCommand({ thingName }))
    this.#things.push(thingName)
    iot.destroy()
    const mqtt = await server.connect(identity, { clientId: 'publisher' })
    const id = `${this.#rounds}-roomy`
    await mqtt.publishAsync('queue/1', `${id}:`, { qos: 1 })
    this.#acknowledged.add(id)
    await mqtt.endAsync()
  }

  async #findThings(server: Victim): Promise<void> {
    const iot = new IoTClient(server.sdk)
    const lost: string[] = []
    for (const thingName of this.#things) {
      await iot.send(new DescribeThingCommand({ thingName })).catch(() => lost.push(thingName))
    }
    iot.destroy()
    if (lost.length > 0)
      throw new Finding(`${lost.length} things are lost that were acknowledged, as ${lost.slice(0, 5)}`)
  }
}

const largestFile = (folder: string) =>
  Math.max(...readdirSync(folder).map((name) => statSync(join(folder, name)).size))

/** The shell counts in blocks of 512 bytes (POSIX, `ulimit -f`); Node does not end by the signal that goes with it. */
const noFileBeyond = (bytes: number) => ['sh', '-c', 'ulimit -S -f "$0" && exec "$@"', String(Math.floor(bytes / 512))]

/** Takes the bound away from a process that runs; false where the system has no `prlimit` (Linux has). */
function giveRoom(pid: number): boolean {
  try {
    execFileSync('prlimit', ['--pid', String(pid), '--fsize=unlimited:'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
