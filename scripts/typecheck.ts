/** Type-checks every workspace under its own tsconfig (a pure package must not see Node's or the browser's types). */
import { spawn } from 'node:child_process'
import { existsSync, globSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const projects = ['.', 'bench', 'conformance', ...globSync('{packages,apps}/*', { cwd: root })]
  .filter((folder) => existsSync(`${root}/${folder}/tsconfig.json`))
  .sort()

let failed = false
const check = (project: string): Promise<void> =>
  new Promise((resolve) => {
    const child = spawn('tsc', ['-p', project, '--pretty', process.stdout.isTTY ? 'true' : 'false'], {
      cwd: root,
      stdio: 'inherit',
      shell: process.platform === 'win32',
    })
    child.on('exit', (code) => {
      if (code !== 0) {
        failed = true
        console.error(`types: ${project} failed`)
      }
      resolve()
    })
  })

// Each run is itself parallel, so one at a time keeps the memory of a small machine.
for (const project of projects) await check(project)
if (!failed) console.log(`types: ${projects.length} workspaces checked`)
process.exit(failed ? 1 : 0)
