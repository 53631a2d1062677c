import { once } from 'node:events'
import dynalite from 'dynalite'
import { ready, SOCKET } from './ready.ts'

const path = process.env.DATA_FOLDER
const server = dynalite({ ...(path !== undefined && { path }), createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 })
server.listen(SOCKET)
await once(server, 'listening')
ready(
  () =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    }),
)
