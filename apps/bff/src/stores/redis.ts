import { setTimeout as delay } from 'node:timers/promises'
import { createClient } from '@redis/client'
import type { FastifyBaseLogger } from 'fastify'
import { Problem } from '../problem.ts'

const CONNECT_MS = 2_000
/** A Redis that takes longer than this is as good as none: a person is waiting. */
const ANSWER_MS = 3_000
const LONGEST_RETRY_MS = 5_000

const createRedisClient = (url: string) =>
  createClient({
    url,
    disableOfflineQueue: true, // told at once instead of piled up
    pingInterval: 10_000, // finds out that a silent connection is gone
    socket: {
      connectTimeout: CONNECT_MS,
      reconnectStrategy: (retries: number) => Math.min(100 * 2 ** retries, LONGEST_RETRY_MS),
    },
  })

export type RedisClient = ReturnType<typeof createRedisClient>

/** The Redis (or Valkey) that all consoles of an account share. */
export interface Redis {
  /** The name of a key of this account and region: another console in the same Redis has others. */
  key(...parts: readonly string[]): string
  /** @throws {Problem} STORE_UNAVAILABLE when it does not answer, or does not do it: its memory is full, say */
  ask<Answer>(command: (client: RedisClient) => Promise<Answer>): Promise<Answer>
  close(): Promise<void>
}

export interface RedisOptions {
  /** `redis[s]://[[user]:password@]host[:port][/database]` */
  readonly url: string
  readonly account: string
  readonly region: string
  readonly logger: Pick<FastifyBaseLogger, 'error' | 'info'>
}

/** Connects in the background, again and again: a Redis may start after the console, and come back. */
export function openRedis({ url, account, region, logger }: RedisOptions): Redis {
  const where = new URL(url).host // without the password
  const client = createRedisClient(url)
  let isDown = false
  client.on('error', (error: Error) => {
    if (!isDown) logger.error({ err: error, redis: where }, 'Redis does not answer')
    isDown = true
  })
  client.on('ready', () => {
    if (isDown) logger.info({ redis: where }, 'Redis answers again')
    isDown = false
  })
  const connected = client.connect().catch((error: Error) => logger.error({ err: error, redis: where }, 'no Redis'))
  // The first requests wait a moment for the first connection, instead of being refused.
  const started = Promise.race([connected, delay(CONNECT_MS, undefined, { ref: false })])
  const unavailable = (cause: unknown) =>
    new Problem('STORE_UNAVAILABLE', `The Redis at ${where} did not do its part: ${(cause as Error).message}.`, {
      cause,
    })

  return {
    key: (...parts) => ['thingdeck', account, region, ...parts].join(':'),
    async ask(command) {
      await started
      const late = Promise.withResolvers<never>()
      const timer = setTimeout(() => late.reject(unavailable(new Error(`no answer in ${ANSWER_MS} ms`))), ANSWER_MS)
      try {
        return await Promise.race([command(client), late.promise])
      } catch (error) {
        throw error instanceof Problem ? error : unavailable(error)
      } finally {
        clearTimeout(timer)
      }
    },
    async close() {
      // Waits for what is under way; a connection that is not there has nothing.
      if (client.isReady) await client.close()
      else client.destroy()
    },
  }
}
