import { isDeepStrictEqual } from 'node:util'
import type { FastifyBaseLogger } from 'fastify'
import { Type } from 'typebox'
import Value from 'typebox/value'
import type { OpenConnections } from '../../aws/open-connections.ts'
import { type Clock, SYSTEM_CLOCK } from '../../clock.ts'
import { SESSION_MS } from '../../session-life.ts'
import type { Documents } from '../../stores/documents/documents.ts'
import { type SessionStore, sessionName } from '../../stores/session-store.ts'
import { clientIdPrefix } from './client-ids.ts'

/** A connection of a page, by the end of its client id: its tab, and how often that tab has begun anew. */
export interface PageConnection {
  readonly tab: string
  readonly generation: number
}

const DOCUMENT = 'mqtt-grants'
/** Sessions end by themselves within minutes of their time, whoever notices. */
const SWEEP_EVERY_MS = 5 * 60_000
/** Of one person. The oldest are forgotten: their connections end with their credentials. */
const MOST_TABS = 100

/** Of a session its name: who reads the document learns no session's id. */
const Tab = Type.Object({ generation: Type.Integer(), session: Type.String(), sinceMs: Type.Number() })
const Grant = Type.Object({ personId: Type.String(), tabs: Type.Record(Type.String(), Tab) })
const Grants = Type.Record(Type.String(), Grant, { description: 'By identity' })
type Grant = Type.Static<typeof Grant>
type Grants = Readonly<Record<string, Grant>>

interface MqttGrantsParts {
  readonly documents: Documents
  readonly sessions: Pick<SessionStore, 'countOf'>
  /** Leaves an identity with nothing that it may do, where that can be taken back. */
  readonly revoke: (identityId: string) => Promise<void>
  readonly connections: OpenConnections
  readonly log: FastifyBaseLogger
  readonly clock?: Clock
}

/**
 * Whose identities were given a role's policy, and which connections their pages have: so that both end when the last
 * session of the person does, by a sign-out, a change of role, or by itself, also while no console ran.
 */
export class MqttGrants {
  readonly #parts: MqttGrantsParts
  readonly #clock: Clock
  #isClosed = false

  constructor(parts: MqttGrantsParts) {
    this.#parts = parts
    this.#clock = parts.clock ?? SYSTEM_CLOCK
  }

  /** Notes it before the credentials are handed out. */
  async given(identityId: string, personId: string, sessionId: string, connection: PageConnection | undefined) {
    const sinceMs = this.#clock.nowMs()
    await this.#update((grants) => {
      const known = grants[identityId]?.tabs ?? {}
      const own = connection && {
        [connection.tab]: { generation: connection.generation, session: sessionName(sessionId), sinceMs },
      }
      const tabs = Object.entries({ ...known, ...own }).filter(([, tab]) => tab.sinceMs > sinceMs - SESSION_MS)
      return { ...grants, [identityId]: { personId, tabs: Object.fromEntries(tabs.slice(-MOST_TABS)) } }
    })
  }

  /** Of a session that has ended, by its name: its connections; and the policy where it was the person's last. Never throws. */
  async sessionEnded(personId: string, name: string): Promise<void> {
    await this.#try(personId, async () => {
      for (const [identityId, grant] of await this.#of(personId)) {
        await this.#revokeIfGone(identityId, grant)
        await this.#endConnections(identityId, grant, (session) => session === name)
      }
    })
  }

  /** All connections of the person: they open anew, with what the role allows now. Never throws. */
  async roleChanged(personId: string): Promise<void> {
    await this.#try(personId, async () => {
      for (const [identityId, grant] of await this.#of(personId)) {
        await this.#endConnections(identityId, grant, () => true)
      }
    })
  }

  /** What sessions left that ended by themselves. Never throws. */
  async sweep(): Promise<void> {
    for (const [identityId, grant] of Object.entries(await this.#read().catch(() => ({})))) {
      await this.#try(grant.personId, async () => {
        if (!(await this.#revokeIfGone(identityId, grant))) return
        await this.#endConnections(identityId, grant, () => true)
      })
    }
  }

  /** Sweeps now, and from time to time until it is closed. */
  start(): void {
    if (this.#isClosed) return
    void this.sweep().then(() => this.#clock.after(SWEEP_EVERY_MS, () => this.start()))
  }

  close(): void {
    this.#isClosed = true
  }

  /** Takes the policy off where the person is signed in nowhere any more. Answers whether they are not. */
  async #revokeIfGone(identityId: string, grant: Grant): Promise<boolean> {
    const { sessions, revoke } = this.#parts
    if ((await sessions.countOf(grant.personId)) > 0) return false
    await revoke(identityId)
    await this.#update((grants) => {
      const { [identityId]: now, ...others } = grants
      return isDeepStrictEqual(now, grant) ? others : grants // or they signed in again just now
    })
    return true
  }

  /** Of a tab, the connection that it had when it asked, and the one that it asked for. */
  async #endConnections(identityId: string, { tabs }: Grant, isMeant: (session: string) => boolean): Promise<void> {
    const meant = Object.entries(tabs).filter(([, { session }]) => isMeant(session))
    const clientIds = meant.flatMap(([tab, { generation }]) =>
      [generation, generation + 1].map((each) => `${clientIdPrefix(identityId)}${tab}-${each}`),
    )
    await Promise.all(clientIds.map((clientId) => this.#parts.connections.end(clientId)))
  }

  async #of(personId: string): Promise<[identityId: string, grant: Grant][]> {
    return Object.entries(await this.#read()).filter(([, grant]) => grant.personId === personId)
  }

  async #read(): Promise<Grants> {
    return grantsIn(await this.#parts.documents.read(DOCUMENT))
  }

  async #update(change: (grants: Grants) => Grants): Promise<void> {
    await this.#parts.documents.update(DOCUMENT, (before) => change(grantsIn(before)))
  }

  async #try(personId: string, act: () => Promise<void>): Promise<void> {
    try {
      await act()
    } catch (error) {
      this.#parts.log.error({ err: error, person: personId }, 'what a person may do over MQTT could not be taken back')
    }
  }
}

const grantsIn = (stored: unknown): Grants => (Value.Check(Grants, stored) ? stored : {})
