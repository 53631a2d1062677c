import { cpSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Layout } from '../../run/layout.ts'

/** Of the package, whose programs all lie in one folder. */
const PROGRAMS: Readonly<Record<string, string>> = {
  'apps/local/src/main.ts': import.meta.resolve('@thingdeck/local/command'),
  'apps/bff/src/main.ts': import.meta.resolve('./console.js'),
  'apps/fleet/src/main.ts': import.meta.resolve('./fleet.js'),
}
const inPackage = (path: string) => fileURLToPath(import.meta.resolve(path))

/** That of the package `thingdeck`, in place of the checkout's. */
export const layout: Layout = {
  furtherHelp: `  --version         which Thingdeck this is
  npx thingdeck local [options]  the embedded server alone; its --help lists its own options
`,
  programFile: (program) => {
    const url = PROGRAMS[program]
    if (url === undefined) throw new Error(`The package has no ${program}`)
    return fileURLToPath(url)
  },
  webApp: async () => inPackage('./web'),
  functionsTold: 'DIR/functions of --data, which begins with a sample',
  functions: (data) => {
    // A copy: what lies in a package is not for people to change.
    const functions = join(data, 'functions')
    if (!existsSync(functions)) cpSync(inPackage('../samples/functions'), functions, { recursive: true })
    return functions
  },
  compileCache: undefined,
}
