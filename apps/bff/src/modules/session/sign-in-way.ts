import type { MqttSession, WithoutLive } from '@thingdeck/contract'
import type { FastifyBaseLogger, FastifyReply, FastifyRequest } from 'fastify'
import type { Aws } from '../../aws/aws.ts'
import type { Config } from '../../config.ts'
import type { RenewalOptions, SignedIn } from '../../plugins/renewal.ts'
import type { SessionKeys } from '../../plugins/session-keys.ts'
import type { Problem } from '../../problem.ts'
import type { Stores } from '../../stores/stores.ts'

/** What a way of signing in is made with. */
export interface SignInParts {
  readonly config: Config
  readonly aws: Aws
  readonly stores: Pick<Stores, 'documents' | 'sessions'>
  readonly sessionKeys: SessionKeys
  readonly log: FastifyBaseLogger
}

export type MakeSignInWay = (parts: SignInParts) => SignInWay

/** A person who has just signed in, and the page that they wanted to see. */
export interface Arrival extends SignedIn {
  /** A path of the console. */
  readonly returnTo: string
}

/** How people sign in, and how their pages come to credentials for MQTT. Made once: it remembers what is under way. */
export interface SignInWay {
  /**
   * Where to send a browser whose person wants to sign in.
   * @throws {Problem} where that begins elsewhere, saying where
   */
  begin(reply: FastifyReply, asked: { readonly returnTo: string; readonly prompt?: 'login' }): Promise<string>
  /**
   * Who came back.
   * @returns undefined when this browser began nothing: it is sent to the beginning
   * @throws {SignInFailure}
   */
  finish(request: FastifyRequest, reply: FastifyReply): Promise<Arrival | undefined>
  /** What whoever is not signed in is told. */
  nobody(): Problem
  /** Where to send the browser after a sign-out. */
  afterSignOut(log: FastifyBaseLogger): Promise<string>
  readonly renewal: RenewalOptions
  readonly mqtt: MqttSessions
  /** From the start of the console to its end. */
  start(): void
  close(): void
}

/** The page of a person, and of which of its connections it asks for. */
export interface AskingPage {
  readonly sessionId: string
  readonly connection?: { readonly tab: string; readonly generation: number }
}

/** Temporary credentials that can do MQTT, and nothing else, within the person's role. */
export interface MqttSessions {
  /** @throws {Problem} LIVE_UNAVAILABLE where there can be none, see {@link whyNone} */
  open(signedIn: SignedIn, page: AskingPage): Promise<MqttSession>
  /** Why there can be none, and what would change that; undefined where there are some. */
  whyNone(): Promise<WithoutLive | undefined>
  /** Of a session of the console that has ended, by its name: its connections end, too. Never throws. */
  sessionEnded(personId: string, name: string): Promise<void>
}

/** A sign-in did not succeed, and the person wanted to see that page. */
export class SignInFailure extends Error {
  override readonly name = 'SignInFailure'
  readonly returnTo: string

  constructor(returnTo: string, cause: unknown) {
    super('A sign-in did not succeed', { cause })
    this.returnTo = returnTo
  }
}
