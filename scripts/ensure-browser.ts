import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'

const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

function find(): string | undefined {
  return [process.env.THINGDECK_CHROMIUM, ...INSTALLED, chromium.executablePath()].find(
    (path) => path && existsSync(path),
  )
}

const tries: [command: string, args: string[]][] = [
  ['playwright', ['install', 'chromium']],
  ['apt-get', ['update', '-qq']],
  ['apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-liberation']],
]

/**
 * Path of a Chromium for the end-to-end tests: `THINGDECK_CHROMIUM`, one that the machine has, Playwright's own, or,
 * where that cannot be downloaded, Debian's package. Ends the process with a sentence when none can be had.
 */
export function ensureBrowser(): string {
  for (const [command, args] of tries) {
    const found = find()
    if (found) return found
    console.error(`Looking for a browser: ${command} ${args.join(' ')}`)
    // Debian's index is a file download: without a limit a machine without network would hang here.
    spawnSync(command, args, { stdio: ['ignore', 2, 2], timeout: 300_000, shell: process.platform === 'win32' })
  }
  const found = find()
  if (found) return found
  console.error(
    'No Chromium was found or could be installed. Install one and name it: THINGDECK_CHROMIUM=/path/to/chromium npm test',
  )
  process.exit(1)
}
