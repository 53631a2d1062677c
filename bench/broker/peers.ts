import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { forkProgram } from '../../scripts/run/fork-program.ts'
import { freePort } from '../../scripts/run/free-port.ts'
import type { CertificateFiles } from './certificates.ts'
import { startLocalPeer } from './local.ts'
import type { Peer } from './peer.ts'

export const PEERS = ['ours', 'local', 'logged', 'ruled', 'republishing', 'aedes', 'mosquitto'] as const
export type PeerName = (typeof PEERS)[number]

const TLS_ONLY = 'it speaks mutual TLS only'

/** Starts a peer; a sentence where it cannot be. */
export function startPeer(
  name: PeerName,
  directory: string,
  certificates: CertificateFiles | undefined,
): Promise<Peer | string> {
  switch (name) {
    case 'ours':
      return startProcess('ours.ts', certificates)
    case 'local':
      return certificates ? startLocalPeer(certificates) : Promise.resolve(TLS_ONLY)
    case 'logged':
      return certificates ? startLocalPeer(certificates, { defaultLogLevel: 'INFO' }) : Promise.resolve(TLS_ONLY)
    case 'ruled':
      return certificates ? startLocalPeer(certificates, { rules: 100 }) : Promise.resolve(TLS_ONLY)
    case 'republishing':
      return certificates
        ? startLocalPeer(certificates, { rules: 100, isRepublishing: true })
        : Promise.resolve(TLS_ONLY)
    case 'aedes':
      return isInstalled('aedes') ? startProcess('aedes.ts', certificates) : Promise.resolve('aedes is not installed')
    case 'mosquitto':
      return startMosquitto(directory, certificates)
  }
}

/** Ours with AWS's limits on single connections, which other rows do without. */
export function startBounded(): Promise<Peer> {
  return startProcess('ours.ts', undefined, 'bounded')
}

async function startProcess(
  file: string,
  certificates: CertificateFiles | undefined,
  ...options: string[]
): Promise<Peer> {
  const child = forkProgram(new URL(file, import.meta.url), [JSON.stringify(certificates ?? null), ...options])
  const [ports] = (await once(child, 'message')) as [{ tcpPort: number; tlsPort?: number }]
  return {
    pid: child.pid ?? 0,
    ports: { tcp: ports.tcpPort, tls: ports.tlsPort },
    stop: () => void child.kill('SIGKILL'),
  }
}

function isInstalled(name: string): boolean {
  try {
    createRequire(import.meta.url).resolve(name)
    return true
  } catch {
    return false
  }
}

async function startMosquitto(directory: string, certificates: CertificateFiles | undefined): Promise<Peer | string> {
  const command = findMosquitto()
  if (!command) return 'mosquitto is not on the PATH'
  const [tcp, tls] = [await freePort(), await freePort()]
  const lines = [
    'per_listener_settings false',
    'allow_anonymous true',
    'set_tcp_nodelay true',
    'persistence false',
    'log_type none',
    'max_inflight_messages 100',
    'max_queued_messages 0',
    `listener ${tcp} 127.0.0.1`,
  ]
  if (certificates) {
    const { ca, serverCert, serverKey } = certificates
    lines.push(`listener ${tls} 127.0.0.1`, `cafile ${ca}`, `certfile ${serverCert}`, `keyfile ${serverKey}`)
    lines.push('require_certificate true')
  }
  if (process.getuid?.() === 0) lines.push('user root')
  const file = join(directory, 'mosquitto.conf')
  writeFileSync(file, `${lines.join('\n')}\n`)
  const child = spawn(command, ['-c', file], { stdio: 'ignore' })
  await untilOpen(tcp)
  return {
    pid: child.pid ?? 0,
    ports: { tcp, tls: certificates ? tls : undefined },
    stop: () => void child.kill('SIGKILL'),
  }
}

function findMosquitto(): string | undefined {
  for (const command of ['mosquitto', '/usr/sbin/mosquitto']) {
    try {
      execFileSync('sh', ['-c', `command -v ${command}`], { stdio: 'pipe' })
      return command
    } catch {}
  }
  return undefined
}

async function untilOpen(port: number): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const socket = connect(port, '127.0.0.1')
    const isOpen = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    })
    socket.destroy()
    if (isOpen) return
    await setTimeout(50)
  }
  throw new Error(`Nothing listens on port ${port}`)
}
