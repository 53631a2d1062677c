import { spawnSync } from 'node:child_process'
import { existsSync, globSync } from 'node:fs'
import { dirname } from 'node:path'
import { chromium } from '@playwright/test'

/** Chromium without windows: it does the same in a page, for half of the processor time. */
const SHELLS = ['/usr/bin/chromium-headless-shell']

const BROWSERS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** Playwright keeps its shells beside its Chromium, which is the only one whose path it tells. */
function shellsOfPlaywright(): string[] {
  const browsers = dirname(dirname(dirname(chromium.executablePath())))
  return globSync(`${browsers}/chromium_headless_shell-*/*/{chrome-headless-shell,headless_shell}{,.exe}`)
}

function find(needsWindows: boolean): string | undefined {
  const shells = needsWindows ? [] : [...SHELLS, ...shellsOfPlaywright()]
  return [process.env.THINGDECK_CHROMIUM, ...shells, ...BROWSERS, chromium.executablePath()].find(
    (path) => path && existsSync(path),
  )
}

type Command = [command: string, args: string[]]

const install = (name: string): Command => [
  'apt-get',
  ['install', '-y', '-qq', '--no-install-recommends', name, 'fonts-liberation'],
]

const tries = (needsWindows: boolean): Command[] => [
  ['playwright', ['install', ...(needsWindows ? [] : ['--only-shell']), 'chromium']],
  ['apt-get', ['update', '-qq']],
  ...(needsWindows ? [] : [install('chromium-headless-shell')]),
  install('chromium'),
]

/**
 * Path of a Chromium for the end-to-end tests: `THINGDECK_CHROMIUM`, one that the machine has, Playwright's own, or,
 * where that cannot be downloaded, Debian's package. One without windows is taken where there is one, unless
 * `needsWindows`. Ends the process with a sentence when none can be had.
 */
export function ensureBrowser({ needsWindows = false } = {}): string {
  for (const [command, args] of tries(needsWindows)) {
    const found = find(needsWindows)
    if (found) return found
    console.error(`Looking for a browser: ${command} ${args.join(' ')}`)
    // Debian's index is a file download: without a limit a machine without network would hang here.
    spawnSync(command, args, { stdio: ['ignore', 2, 2], timeout: 300_000, shell: process.platform === 'win32' })
  }
  const found = find(needsWindows)
  if (found) return found
  console.error(
    'No Chromium was found or could be installed. Install one and name it: THINGDECK_CHROMIUM=/path/to/chromium npm test',
  )
  process.exit(1)
}
