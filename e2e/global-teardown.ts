import { cleanUp } from '../conformance/clean-up.ts'
import { makeClients } from '../conformance/clients.ts'
import { deployment } from './deployment.ts'
import { DEPLOYMENT_PREFIX } from './fresh-name.ts'

/** A thing type can be deleted five minutes after it was deprecated. */
const PATIENCE_MS = Number(process.env.E2E_CLEAN_UP_SECONDS ?? 420) * 1_000

/** What the tests made in an account goes, as nobody throws the account away. */
export default async function teardown(): Promise<void> {
  if (deployment === undefined) return
  using clients = makeClients({ region: deployment.region, data: undefined, jobs: undefined })
  const prefix = DEPLOYMENT_PREFIX
  const { removed, left } = await cleanUp({
    clients,
    prefix,
    entries: [],
    patienceMs: PATIENCE_MS,
    tell: console.error,
  })
  console.error(`${removed} removed of the account.`)
  if (left.length > 0)
    throw new Error(`Left in the account: ${left.map(({ kind, name }) => `${kind} ${name}`).join(', ')}`)
}
