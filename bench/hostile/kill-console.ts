import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { CreateThingCommand, IoTClient } from '@aws-sdk/client-iot'
import { GetThingShadowCommand, IoTDataPlaneClient } from '@aws-sdk/client-iot-data-plane'
import { startConsole } from '../../scripts/run/console.ts'
import { type EmbeddedServer, startEmbeddedServer } from '../../scripts/run/embedded-server.ts'
import { freePort } from '../../scripts/run/free-port.ts'
import type { Service } from '../../scripts/run/service.ts'
import { type Attack, Finding, type Tally } from './attack.ts'
import type { ConsoleVisit } from './console-visit.ts'
import { Ledger } from './ledger.ts'
import { eventually } from './patience.ts'
import type { Random } from './random.ts'

/** What is looked at of a bulk change. */
interface BulkChange {
  readonly bulkChangeId: string
  readonly state: string
  readonly endedAt?: string
  readonly counts: { readonly changed?: number }
}

interface KeptRuleCases {
  readonly cases: readonly { readonly name: string }[]
  readonly revision: number
}

const THINGS = Array.from({ length: 20 }, (_, index) => `bulk-${index}`)
/** How long writes go on, at most, once each kind was acknowledged. */
const LOAD_MS = 1500
const MOST_CASES = 40

/**
 * `kill -9` of the console's server amid bulk changes, shared views and test cases of rules: what people were told is
 * kept is there, and a bulk change goes on by itself and changes each thing once.
 */
export class KillConsole implements Attack {
  readonly name = 'kill-console'
  readonly #views = new Ledger('shared views')
  readonly #cases = new Ledger('test cases')
  /** Bulk changes that were looked at, of all that there were. */
  readonly #settled = new Set<string>()
  readonly #begun = new Set<string>()
  /** Bulk changes that were asked for, also those that no answer came of: each writes a value of its own. */
  #asked = 0
  #count = 0
  #stack: { readonly folder: string; readonly url: string; readonly server: EmbeddedServer } | undefined
  #console: Service | undefined

  async round(random: Random): Promise<Tally> {
    const before = this.#count
    const visit = await this.#visit()
    const warm = [Promise.withResolvers<void>(), Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const
    let isOver = false
    const forever = async (write: () => Promise<unknown>, onDone: () => void) => {
      while (!isOver) {
        try {
          await write()
        } catch (error) {
          if (error instanceof Finding || !isOver) throw error
          return
        }
        this.#count += 1
        onDone()
      }
    }
    const writing = Promise.all([
      forever(() => this.#change(visit), warm[0].resolve),
      forever(() => this.#share(visit), warm[1].resolve),
      forever(() => this.#keepCase(visit), warm[2].resolve),
    ])
    await Promise.race([Promise.all(warm.map(({ promise }) => promise)), writing])
    await delay(random.below(LOAD_MS)) // the moment of the kill is what this is about
    isOver = true
    await this.#console?.stop('SIGKILL')
    this.#console = undefined
    await writing
    await this.#check(await this.#visit())
    return { kills: 1, writes: this.#count - before }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#console?.stop('SIGKILL')
    await this.#stack?.server[Symbol.asyncDispose]()
    if (this.#stack) await rm(this.#stack.folder, { recursive: true, force: true })
  }

  /** Signs in at the console, which is started where there is none. */
  async #visit(): Promise<ConsoleVisit> {
    this.#stack ??= await begin()
    const { url, server, folder } = this.#stack
    const environment = { SHARED_FILE: join(folder, 'shared.json'), AUDIT_FILE: join(folder, 'audit.jsonl') }
    this.#console ??= await startConsole({ server, url, environment })
    // What signs in is the library of the browser tests, which those who attack nothing of the console do without.
    const { ConsoleVisit } = await import('./console-visit.ts')
    return ConsoleVisit.begin(url)
  }

  async #change(visit: ConsoleVisit): Promise<void> {
    this.#asked += 1
    const change = { kind: 'shadow', path: ['count'], valueText: String(this.#asked), createMissing: true }
    const { bulkChangeId } = await visit.ask<BulkChange>('POST', '/bulk-changes', {
      targets: { thingNames: THINGS },
      change,
      dryRun: false,
      requestsPerSecond: 100,
      confirmedCount: THINGS.length,
    })
    this.#begun.add(bulkChangeId)
    await eventually('a bulk change ends', async () => {
      const { endedAt } = await visit.ask<BulkChange>('GET', `/bulk-changes/${bulkChangeId}`)
      return endedAt
    })
  }

  /** Shares views, and takes every second one back. */
  async #share(visit: ConsoleVisit): Promise<void> {
    const name = `view ${this.#count}`
    let viewId = ''
    await this.#views.write(name, 'shared', async () => {
      const content = { s: ['1:dt/#'] }
      viewId = (await visit.ask<{ viewId: string }>('POST', '/shared-views', { name, content })).viewId
    })
    if (this.#views.size < 5) return
    await this.#views.write(name, undefined, () => visit.ask('DELETE', `/shared-views/${viewId}`))
  }

  /** Adds a test case of a rule; of many, it begins anew. */
  async #keepCase(visit: ConsoleVisit): Promise<void> {
    const kept = await visit.ask<KeptRuleCases>('GET', '/rule-cases/kept')
    const one = {
      name: `case ${this.#count}`,
      topic: 'dt/pump',
      payload: '{}',
      receivedAtMs: 0,
      expected: { outcome: 'not matched' },
    }
    const cases = [...(kept.cases.length < MOST_CASES ? kept.cases : []), one]
    const value = JSON.stringify(cases.map(({ name }) => name))
    await this.#cases.write('kept', value, () =>
      visit.ask('PUT', '/rule-cases/kept', { cases, revision: kept.revision }),
    )
  }

  async #check(visit: ConsoleVisit): Promise<void> {
    const { views } = await visit.ask<{ views: { name: string }[] }>('GET', '/shared-views')
    this.#views.compare(new Map(views.map(({ name }) => [name, 'shared'])))
    const { cases } = await visit.ask<KeptRuleCases>('GET', '/rule-cases/kept')
    this.#cases.compare(new Map([['kept', JSON.stringify(cases.map(({ name }) => name))]]))
    const { bulkChanges } = await visit.ask<{ bulkChanges: BulkChange[] }>('GET', '/bulk-changes')
    const there = new Set(bulkChanges.map(({ bulkChangeId }) => bulkChangeId))
    for (const bulkChangeId of this.#begun) {
      if (!there.has(bulkChangeId) && !this.#settled.has(bulkChangeId)) {
        throw new Finding(`The bulk change ${bulkChangeId} is lost`)
      }
    }
    for (const bulkChangeId of there.difference(this.#settled)) await this.#settle(visit, bulkChangeId)
    await this.#compareShadows()
  }

  /** Waits until one has ended, which changed each thing once, and told the trail of each. */
  async #settle(visit: ConsoleVisit, bulkChangeId: string): Promise<void> {
    const { state, counts } = await eventually(`the bulk change ${bulkChangeId} goes on and ends`, async () => {
      const now = await visit.ask<BulkChange>('GET', `/bulk-changes/${bulkChangeId}`)
      return now.endedAt === undefined ? undefined : now
    })
    const { results } = await visit.ask<{ results: { target: string }[] }>(
      'GET',
      `/bulk-changes/${bulkChangeId}/results?limit=500`,
    )
    const page = await visit.ask<{ entries: { resource?: { id: string } }[] }>(
      'GET',
      `/audit?bulkChange=${bulkChangeId}&action=UpdateThingShadow&outcome=done&limit=200`,
    )
    const due = THINGS.toSorted().join()
    const lines = results.map(({ target }) => target).toSorted()
    const told = page.entries.map(({ resource }) => resource?.id).toSorted()
    if (state !== 'done' || counts.changed !== THINGS.length || lines.join() !== due || told.join() !== due) {
      throw new Finding(
        `The bulk change ${bulkChangeId} is ${state}, with ${JSON.stringify(counts)}, lines ${lines}, trail ${told}`,
      )
    }
    this.#settled.add(bulkChangeId)
  }

  /** Each bulk change was one version of each shadow. */
  async #compareShadows(): Promise<void> {
    if (!this.#stack) return
    const data = new IoTDataPlaneClient(this.#stack.server.sdk)
    for (const thingName of THINGS) {
      const { payload } = await data.send(new GetThingShadowCommand({ thingName }))
      const { version } = JSON.parse(Buffer.from(payload ?? []).toString())
      if (version !== this.#settled.size) {
        throw new Finding(`${this.#settled.size} bulk changes gave ${thingName} the version ${version} of its shadow`)
      }
    }
    data.destroy()
  }
}

/** An account for a console, with the things that are changed. */
async function begin() {
  const folder = await mkdtemp(join(tmpdir(), 'hostile-console-'))
  const url = `http://localhost:${await freePort()}`
  const server = await startEmbeddedServer({ consoleUrl: url })
  const iot = new IoTClient(server.sdk)
  for (const thingName of THINGS) await iot.send(new CreateThingCommand({ thingName }))
  iot.destroy()
  return { folder, url, server }
}
