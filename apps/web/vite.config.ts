import react from '@vitejs/plugin-react'
import { defineConfig, loadEnv } from 'vite'
import { cloudscapeTokenNames } from './cloudscape-tokens.ts'
import { endpointCalls } from './endpoint-calls.ts'

const LIBRARY = /[\\/]node_modules[\\/]/
/** A page loads what it has no use for where fewer have to share; a file for each component where more. */
const OF_MANY_PAGES = 16

/**
 * What every page begins with are two files, and what many pages need two more: libraries apart, as they change seldom.
 * A file takes its own imports along unless one above it has them, so that no two import each other.
 */
const CHUNKS = [
  { name: 'libraries', tags: ['$initial' as const], test: LIBRARY, priority: 4 },
  { name: 'console', tags: ['$initial' as const], priority: 3 },
  { name: 'editor', test: /[\\/]node_modules[\\/]@(?:codemirror|lezer)[\\/]/, priority: 2 },
  { name: 'components', minShareCount: OF_MANY_PAGES, test: LIBRARY, priority: 1 },
  { name: 'shared', minShareCount: OF_MANY_PAGES, priority: 0 },
]

export default defineConfig(({ mode }) => {
  const env = loadEnv(mode, '.', 'THINGDECK_')
  /** Only `vite dev` needs it: the built app is served by the BFF on its own origin. */
  const bff = env.THINGDECK_BFF_URL ?? 'http://localhost:7300'
  return {
    plugins: [react(), cloudscapeTokenNames(), endpointCalls()],
    // A strict content security policy admits no `data:` fonts or images, so nothing is inlined.
    build: {
      target: 'es2024',
      assetsInlineLimit: 0,
      sourcemap: true,
      chunkSizeWarningLimit: 1200,
      rolldownOptions: { output: { codeSplitting: { groups: CHUNKS } } },
    },
    worker: { format: 'es', plugins: () => [endpointCalls()] },
    server: { proxy: { '/api': bff, '/auth': bff, '/docs': bff } },
  }
})
