declare module 'dynalite' {
  import type { Server } from 'node:http'

  /** As far as it is used here. */
  interface DynaliteOptions {
    /** The folder that keeps the tables; in memory without. */
    readonly path?: string
    readonly createTableMs?: number
    readonly deleteTableMs?: number
    readonly updateTableMs?: number
  }

  export default function dynalite(options?: DynaliteOptions): Server
}
