import react from '@vitejs/plugin-react'
import { defineConfig, loadEnv } from 'vite'
import { cloudscapeTokenNames } from './cloudscape-tokens.ts'

export default defineConfig(({ mode }) => {
  const env = loadEnv(mode, '.', 'THINGDECK_')
  /** Only `vite dev` needs it: the built app is served by the BFF on its own origin. */
  const bff = env.THINGDECK_BFF_URL ?? 'http://localhost:7300'
  return {
    plugins: [react(), cloudscapeTokenNames()],
    // A strict content security policy admits no `data:` fonts or images, so nothing is inlined.
    build: { target: 'es2024', assetsInlineLimit: 0, sourcemap: true, chunkSizeWarningLimit: 1200 },
    worker: { format: 'es' },
    server: { proxy: { '/api': bff, '/auth': bff, '/docs': bff } },
  }
})
