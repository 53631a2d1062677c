import { registerHooks } from 'node:module'
import { ready, SOCKET, setting } from './ready.ts'

const account = setting('AWS_ACCOUNT_ID')
const ownUrl = setting('OWN_URL')
const region = setting('AWS_REGION')

// The account is a constant there: it becomes ours as the module is loaded.
const CONSTANT = 'DEFAULT_ACCOUNT_ID = "000000000000"'
registerHooks({
  load: (url, context, next) => {
    const loaded = next(url, context)
    if (!url.endsWith('/fauxqs/dist/common/types.js')) return loaded
    const source = String(loaded.source)
    if (!source.includes(CONSTANT)) throw new Error('fauxqs keeps its account elsewhere')
    return { ...loaded, source: source.replace(CONSTANT, `DEFAULT_ACCOUNT_ID = "${account}"`) }
  },
})
const { buildApp } = await import('fauxqs')

type Stores = NonNullable<NonNullable<Parameters<typeof buildApp>[0]>['stores']>

const folder = import.meta.resolve('fauxqs') // what it exports does not have the classes of its stores
const { SqsStore }: { SqsStore: new () => Stores['sqsStore'] } = await import(new URL('sqs/sqsStore.js', folder).href)
const { SnsStore }: { SnsStore: new () => Stores['snsStore'] } = await import(new URL('sns/snsStore.js', folder).href)
const { S3Store }: { S3Store: new () => Stores['s3Store'] } = await import(new URL('s3/s3Store.js', folder).href)

/** Queues by their names, whichever of the server's addresses a client had their URL from. */
class Queues extends SqsStore {
  override buildQueueUrl(queueName: string): string {
    return `${ownUrl}/${account}/${queueName}`
  }

  override getQueue(url: string): ReturnType<Stores['sqsStore']['getQueue']> {
    return super.getQueue(this.#known(url))
  }

  override deleteQueue(url: string): boolean {
    return super.deleteQueue(this.#known(url))
  }

  #known(url: string): string {
    const [owner, name = ''] = url.split('/').slice(-2)
    return owner === account ? this.buildQueueUrl(name) : url
  }
}

const sqsStore = new Queues()
sqsStore.region = region
const snsStore = new SnsStore()
snsStore.region = region
const app = buildApp({ logger: false, stores: { sqsStore, snsStore, s3Store: new S3Store() } })
await app.listen({ path: SOCKET })
ready(() => app.close())
