import { registerHooks } from 'node:module'
import type { DatabaseSync } from 'node:sqlite'
import { isDiskFault } from '../../../foundation/sqlite-code.ts'
import { edited, fauxqsEdits } from './fauxqs-edits.ts'
import { KeptDeduplication, type QueuedMessage } from './kept-deduplication.ts'
import { ready, SOCKET, setting } from './ready.ts'

const account = setting('AWS_ACCOUNT_ID')
const ownUrl = setting('OWN_URL')
const region = setting('AWS_REGION')
const edits = fauxqsEdits(account)

registerHooks({
  load: (url, context, next) => {
    const loaded = next(url, context)
    const found = edits.filter(({ file }) => url.endsWith(`/fauxqs/dist/${file}`))
    return found.length === 0 ? loaded : { ...loaded, source: found.reduce(edited, String(loaded.source)) }
  },
})
const { buildApp } = await import('fauxqs')

type Stores = NonNullable<NonNullable<Parameters<typeof buildApp>[0]>['stores']>
type Rest = Parameters<Stores['sqsStore']['createQueue']> extends [string, string, ...infer After] ? After : never
/** Keeps the stores in a file, and brings back what is in it. */
interface Persistence {
  readonly db: DatabaseSync
  transaction(work: () => void): void
  insertMessage(queueName: string, message: QueuedMessage): void
  updateMessageReady(messageId: string): void
  load(sqs: Stores['sqsStore'], sns: Stores['snsStore'], s3: Stores['s3Store']): void
  close(): void
}

const folder = import.meta.resolve('fauxqs') // what it exports does not have the classes of its stores
const { SqsStore }: { SqsStore: new () => Stores['sqsStore'] } = await import(new URL('sqs/sqsStore.js', folder).href)
const { SnsStore }: { SnsStore: new () => Stores['snsStore'] } = await import(new URL('sns/snsStore.js', folder).href)
const { S3Store }: { S3Store: new () => Stores['s3Store'] } = await import(new URL('s3/s3Store.js', folder).href)

/** Queues at this server's own address, also those that were kept under another one. */
class Queues extends SqsStore {
  override buildQueueUrl(queueName: string): string {
    return `${ownUrl}/${account}/${queueName}`
  }

  override createQueue(name: string, _: string, ...rest: Rest): ReturnType<Stores['sqsStore']['createQueue']> {
    return super.createQueue(name, this.buildQueueUrl(name), ...rest)
  }

  override getQueue(url: string): ReturnType<Stores['sqsStore']['getQueue']> {
    const [owner, name = ''] = url.split('/').slice(-2)
    return owner === account ? this.getQueueByName(name) : undefined
  }
}

const sqsStore = new Queues()
sqsStore.region = region
const snsStore = new SnsStore()
snsStore.region = region
const s3Store = new S3Store()
const persistence = await keep(process.env.DATA_FOLDER)
const app = buildApp({ logger: false, stores: { sqsStore, snsStore, s3Store } })
await app.listen({ path: SOCKET })
ready(async () => {
  await app.close()
  persistence?.close()
})

/** As the package's own server does it, which listens on a port. */
async function keep(path: string | undefined): Promise<Persistence | undefined> {
  if (path === undefined) return undefined
  const { PersistenceManager }: { PersistenceManager: new (path: string) => Persistence } = await import(
    new URL('persistence.js', folder).href
  )
  class Kept extends PersistenceManager {
    readonly deduplication = new KeptDeduplication(this.db)

    override transaction(work: () => void): void {
      this.db.exec('BEGIN')
      try {
        work()
        this.db.exec('COMMIT')
      } catch (error) {
        // Where SQLite did it by itself, as the disk fails, saying so once more would hide that.
        if (this.db.isTransaction) this.db.exec('ROLLBACK')
        throw error
      }
    }

    override insertMessage(queueName: string, message: QueuedMessage): void {
      this.transaction(() => {
        super.insertMessage(queueName, message)
        this.deduplication.keep(queueName, message)
      })
    }

    /** Also how often it was received is set to nothing there, which its table does not take. */
    override updateMessageReady(messageId: string): void {
      this.db
        .prepare('UPDATE sqs_messages SET receipt_handle = NULL, visibility_deadline = NULL WHERE message_id = ?')
        .run(messageId)
    }

    override load(sqs: Stores['sqsStore'], sns: Stores['snsStore'], s3: Stores['s3Store']): void {
      super.load(sqs, sns, s3)
      for (const { name, deduplicationCache } of sqs.allQueues()) this.deduplication.restore(name, deduplicationCache)
    }
  }
  const kept = endingWithItsDisk(new Kept(path))
  kept.load(sqsStore, snsStore, s3Store)
  // Only then: what is brought back is not written again.
  for (const store of [sqsStore, snsStore, s3Store, ...sqsStore.allQueues()])
    Object.assign(store, { persistence: kept })
  return kept
}

/**
 * What the disk did not take, the stores have in memory all the same: a bucket would be there for whoever asks for it again,
 * and not after the next start. So this process ends in place of an answer, and the next one knows what is on the disk.
 */
function endingWithItsDisk(persistence: Persistence): Persistence {
  return new Proxy(persistence, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name)
      if (typeof member !== 'function') return member
      return (...parameters: unknown[]) => {
        try {
          return member.apply(target, parameters)
        } catch (error) {
          if (!isDiskFault(error)) throw error
          console.error('The disk fails, or is full', error)
          process.exit(1)
        }
      }
    },
  })
}
