import type { FastifyBaseLogger } from 'fastify'
import type { TokenBuckets } from '../aws/calls/token-buckets.ts'
import { SYSTEM_CLOCK } from '../clock.ts'
import { type Config, ConfigError } from '../config.ts'
import type { AuditStore } from './audit/audit-store.ts'
import { FileAuditStore } from './audit/file-audit-store.ts'
import { MemoryAuditStore } from './audit/memory-audit-store.ts'
import { RedisAuditStore } from './audit/redis-audit-store.ts'
import type { Documents } from './documents/documents.ts'
import { FileDocuments } from './documents/file-documents.ts'
import { FolderDocuments } from './documents/folder-documents.ts'
import { MemoryDocuments } from './documents/memory-documents.ts'
import { RedisDocuments } from './documents/redis-documents.ts'
import { MemorySessionStore } from './memory-session-store.ts'
import { openRedis } from './redis.ts'
import { RedisSessionStore } from './redis-session-store.ts'
import { RedisTokenBuckets } from './redis-token-buckets.ts'
import type { SessionStore } from './session-store.ts'

/** What lives longer than a request: in this process, or where several consoles share it (decision 0013). */
export interface Stores {
  readonly audit: AuditStore
  readonly sessions: SessionStore
  readonly documents: Documents
  /** Rotations of certificates: documents that change often. */
  readonly rotations: Documents
  /** Bulk changes, line by line: documents that change often, too. */
  readonly bulkChanges: Documents
  /** Test cases of rules: documents that are large. */
  readonly ruleCases: Documents
  /** Undefined: what AWS is asked is counted by each process for itself. */
  readonly apiRates?: TokenBuckets
  /**
   * Settles when they can be asked.
   * @throws {Problem} STORE_UNAVAILABLE when they cannot
   */
  answer(): Promise<void>
  close(): Promise<void>
}

type StoresConfig = Pick<
  Config,
  'redisUrl' | 'auditFile' | 'auditKeeps' | 'sharedFile' | 'sessionSecret' | 'account' | 'region'
>

/** @throws {ConfigError} when a file of the trail, or of what people share, cannot be read or written */
export async function openStores(config: StoresConfig, logger: FastifyBaseLogger): Promise<Stores> {
  const { redisUrl, sessionSecret, account, region, auditKeeps } = config
  if (redisUrl === undefined) {
    const audit = await openAuditStore(config, logger)
    const sessions = new MemorySessionStore(SYSTEM_CLOCK)
    return { audit, ...(await openShared(config)), sessions, answer: async () => {}, close: () => audit.close() }
  }
  if (sessionSecret === undefined) throw new ConfigError('SESSION_SECRET is missing: REDIS_URL needs it')
  const redis = openRedis({ url: redisUrl, account, region, logger })
  return {
    audit: new RedisAuditStore(redis, auditKeeps),
    documents: new RedisDocuments(redis),
    rotations: new RedisDocuments(redis),
    sessions: new RedisSessionStore(redis, sessionSecret),
    bulkChanges: new RedisDocuments(redis),
    ruleCases: new RedisDocuments(redis),
    apiRates: new RedisTokenBuckets(redis, SYSTEM_CLOCK),
    answer: async () => void (await redis.ask((client) => client.ping())),
    close: () => redis.close(),
  }
}

async function openAuditStore({ auditFile, auditKeeps }: StoresConfig, logger: FastifyBaseLogger): Promise<AuditStore> {
  if (auditFile === undefined) return new MemoryAuditStore({ keeps: auditKeeps })
  try {
    return await FileAuditStore.open({
      path: auditFile,
      keeps: auditKeeps,
      onUnreadable: (file, lines) => logger.warn({ file, lines }, 'lines of the audit trail could not be read'),
    })
  } catch (cause) {
    throw new ConfigError(`AUDIT_FILE cannot be written: ${(cause as Error).message}`, { cause })
  }
}

async function openShared({
  sharedFile,
}: StoresConfig): Promise<Pick<Stores, 'documents' | 'rotations' | 'bulkChanges' | 'ruleCases'>> {
  if (sharedFile === undefined)
    return {
      documents: new MemoryDocuments(),
      rotations: new MemoryDocuments(),
      bulkChanges: new MemoryDocuments(),
      ruleCases: new MemoryDocuments(),
    }
  try {
    return {
      documents: await FileDocuments.open(sharedFile),
      rotations: await FolderDocuments.open(`${sharedFile}.rotations`),
      bulkChanges: await FolderDocuments.open(`${sharedFile}.bulk-changes`),
      ruleCases: await FolderDocuments.open(`${sharedFile}.rule-cases`),
    }
  } catch (cause) {
    throw new ConfigError(`SHARED_FILE cannot be used: ${(cause as Error).message}`, { cause })
  }
}
