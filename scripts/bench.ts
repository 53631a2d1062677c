/** `npm run bench` lists the benchmarks; `npm run bench NAME [options]` runs one. A benchmark is a file in `bench/`. */
import { spawnSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const benchmarks = globSync('bench/*.ts', { cwd: root })
  .map((file) => basename(file, '.ts'))
  .sort()
const [name, ...rest] = process.argv.slice(2)

if (!name) {
  for (const benchmark of benchmarks) {
    const [, summary = ''] =
      /^\/\*\*\s*\n?\s*\*?\s*(.*?)(?:\n|\*\/)/.exec(readFileSync(`${root}/bench/${benchmark}.ts`, 'utf8')) ?? []
    console.log(`${benchmark.padEnd(16)} ${summary}`)
  }
  if (benchmarks.length === 0) console.log('There are no benchmarks yet.')
} else if (benchmarks.includes(name)) {
  const { status } = spawnSync(process.execPath, [`bench/${name}.ts`, ...rest], { cwd: root, stdio: 'inherit' })
  process.exit(status ?? 1)
} else {
  console.error(`There is no benchmark named ${name}. There are: ${benchmarks.join(', ') || 'none yet'}.`)
  process.exit(2)
}
