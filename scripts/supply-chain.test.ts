import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'

interface Locked {
  readonly integrity?: string
  readonly resolved?: string
  readonly link?: boolean
  readonly hasInstallScript?: boolean
}

const lock = JSON.parse(readFileSync(join(import.meta.dirname, '../package-lock.json'), 'utf8')) as {
  readonly packages: Readonly<Record<string, Locked>> // npm writes it
}
const fetched = Object.entries(lock.packages).filter(([path, { link }]) => path.includes('node_modules/') && !link)

/** What runs when they are installed was read: `node` chooses the one for the machine, the others look for a built part. */
const WITH_SCRIPTS = ['node_modules/aws-crt', 'node_modules/classic-level', 'node_modules/node']

test('every package that is fetched is locked with its hash, wherever it is fetched from', () => {
  expect(fetched.length).toBeGreaterThan(500)
  expect(fetched.filter(([, { integrity }]) => !integrity?.startsWith('sha512-')).map(([path]) => path)).toEqual([])
  expect(fetched.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path)).toEqual([])
})

test('every package with a script that runs on install is known', () => {
  const found = fetched.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => path)
  expect(found).toEqual(WITH_SCRIPTS)
})

interface Workflow {
  readonly permissions?: unknown
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly permissions?: Readonly<Record<string, string>>
        readonly steps: readonly { readonly uses?: string; readonly run?: string }[]
      }
    >
  >
}

const WORKFLOWS = join(import.meta.dirname, '../.github/workflows')

test.each(readdirSync(WORKFLOWS))(
  '%s runs actions that nobody can change, and may publish only where no other code runs',
  (file) => {
    const text = readFileSync(join(WORKFLOWS, file), 'utf8')
    const { permissions, jobs } = parse(text) as Workflow // GitHub reads it, too
    expect(permissions).toEqual({ contents: 'read' })
    for (const [name, { permissions: own = {}, steps }] of Object.entries(jobs)) {
      for (const { uses, run = '' } of steps) {
        if (uses !== undefined) expect(uses, 'a tag can be moved').toMatch(/@[0-9a-f]{40}$/)
        expect(run, 'what a stranger can name is no part of a script').not.toContain('${{')
        if (Object.values(own).includes('write')) expect(run, name).not.toMatch(/npm (?:test|ci|install|run)|npx/)
      }
    }
  },
)
