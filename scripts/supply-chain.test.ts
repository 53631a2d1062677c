import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

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
