import { fileURLToPath } from 'node:url'
// biome-ignore lint/correctness/noUndeclaredDependencies: the console's own bundler
import { build, type Rollup } from 'vite'

const ENTRY = fileURLToPath(new URL('plain-codemirror.ts', import.meta.url))

/** A page with nothing but CodeMirror and this text in it. */
export async function plainCodeMirrorPage(text: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    build: { write: false, rollupOptions: { input: ENTRY, output: { format: 'iife' } } },
  })
  const [chunk] = (built as Rollup.RollupOutput).output
  const code = chunk.code.replaceAll('</script', '<\\/script')
  const data = JSON.stringify(text).replaceAll('<', '\\u003c')
  return `<!doctype html><meta charset="utf-8"><title>peer</title><script>globalThis.benchText = ${data}</script><script type="module">${code}</script>`
}
