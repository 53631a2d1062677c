/** aedes as a process, as it comes: everyone may do everything. */
import { createRequire } from 'node:module'
import type { Duplex } from 'node:stream'
import { listen } from './listen.ts'

interface AedesModule {
  Aedes: { createBroker(): Promise<{ handle(stream: Duplex): void }> }
}

const { Aedes } = createRequire(import.meta.url)('aedes') as AedesModule
const broker = await Aedes.createBroker()
listen((socket) => broker.handle(socket))
