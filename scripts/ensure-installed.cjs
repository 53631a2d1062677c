// Plain JavaScript that Node 18 runs: it is what brings the Node that everything else needs.
'use strict'
const { createHash } = require('node:crypto')
const { spawnSync } = require('node:child_process')
const { existsSync, readFileSync, writeFileSync } = require('node:fs')
const { join } = require('node:path')

const root = join(__dirname, '..')
const stamp = join(root, 'node_modules', '.thingdeck-installed')
const nodeBinary = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')

/** Runs npm with the npm that runs us, where there is one, so that a machine with several uses the one it was asked with. */
function npm(args) {
  const viaNode = process.env.npm_execpath
  // npm's own output would stand between the caller and the one line that scripts wait for: it goes to standard error.
  const options = { cwd: root, stdio: ['ignore', 2, 2] }
  return viaNode?.endsWith('.js')
    ? spawnSync(process.execPath, [viaNode, ...args], options)
    : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' })
}

/** The lock file decides what has to be there: a checkout that moved installs again, any other start costs one hash. */
function wanted() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(process.platform + process.arch)
    .digest('hex')
}

/**
 * Installs the locked dependencies when they are missing or out of date.
 * @returns {string} path of the project's own Node
 */
function ensureInstalled() {
  const want = wanted()
  const have = existsSync(stamp) ? readFileSync(stamp, 'utf8') : ''
  if (have !== want || !existsSync(nodeBinary)) {
    process.stderr.write('Installing dependencies (once, about a minute) …\n')
    const { status, error } = npm(['ci', '--no-audit', '--no-fund', '--loglevel=error'])
    if (status !== 0 || !existsSync(nodeBinary)) {
      process.stderr.write(
        error
          ? `npm could not be started (${error.message}): install npm, then try again.\n`
          : 'The dependencies could not be installed: npm ci failed as shown above. Check the network and the free disk space, then try again.\n',
      )
      process.exit(1)
    }
    writeFileSync(stamp, want)
  }
  return nodeBinary
}

const LOOK_MS = 250

/**
 * A kill of `npm start` does not reach us: npm passes it to the shell that it runs us in, which ends and passes nothing on.
 * We are left to another parent then. Whoever runs us without npm may leave us behind on purpose.
 */
function whenNpmIsGone(end) {
  if (process.env.npm_lifecycle_event === undefined || process.platform === 'win32') return
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    end()
  }, LOOK_MS)
  timer.unref()
}

/** Runs a TypeScript program of the project on the project's Node, in this terminal, and ends with its exit code. */
function run(program, args) {
  const { spawn } = require('node:child_process')
  const child = spawn(ensureInstalled(), [join(root, program), ...args], {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      PATH: `${join(root, 'node_modules', '.bin')}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH}`,
    },
  })
  // Ctrl+C reaches the child by the terminal; a kill reaches only us and is passed on.
  process.on('SIGINT', () => {})
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  whenNpmIsGone(() => child.kill('SIGTERM'))
  child.on('exit', (code, signal) => process.exit(signal ? 1 : code))
}

module.exports = { ensureInstalled, run }
