import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import dynalite from 'dynalite'
import { ready } from './ready.ts'

const path = process.env.DATA_FOLDER
const server = dynalite({ ...(path !== undefined && { path }), createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 })
server.listen(0, '127.0.0.1')
await once(server, 'listening')
ready(
  server.address() as AddressInfo, // it listens on a port
  () =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    }),
)
