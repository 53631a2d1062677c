import { storeSuite } from '@thingdeck/broker/store-suite'
import { Database } from '../src/foundation/database.ts'
import { SqliteBrokerStore } from '../src/messaging/broker-store.ts'

const databases = new Map<SqliteBrokerStore, Database>()

function openStore(database = new Database(':memory:')): SqliteBrokerStore {
  const store = new SqliteBrokerStore(database)
  databases.set(store, database)
  return store
}

storeSuite('SqliteBrokerStore', {
  open: () => openStore(),
  reopen: (store) => openStore(store instanceof SqliteBrokerStore ? databases.get(store) : undefined),
})
