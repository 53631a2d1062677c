import { serveRehearsal } from './engine/serve-rehearsal.ts'

/** Runs rules on messages beside the page, however many come. The page's first message brings the port. */
globalThis.addEventListener('message', ({ ports: [port] }: MessageEvent) => {
  if (port) serveRehearsal(port)
})
